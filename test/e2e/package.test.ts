import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { projectFolder } from "../../stack/project";
import { Checkout } from "./checkout";

const run = promisify(execFile);

let checkout: Checkout;
/** A folder that knows the project by its package alone. */
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  checkout = await Checkout.open();
  folder = mkdtempSync(path.join(tmpdir(), "program-"));
  env = await checkout.rehearsalEnvironment();
  delete env.PULUMI_STACK;
  await pulumi("new", path.join(projectFolder, "template"), "--generate-only", "--yes", "--name", "tutors");
  const built = path.join(checkout.folder, "built");
  await checkout.run("commands/build-package", built);
  await npm("pack", built, "--pack-destination", checkout.folder);
  await npm("pkg", "set", `dependencies.azure-openai-finetune=file:${checkout.folder}/azure-openai-finetune-0.1.0.tgz`);
  await npm("install", "--prefer-offline", "--no-audit", "--no-fund");
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await checkout.close();
});

async function pulumi(...args: string[]): Promise<string> {
  const call = run("pulumi", [...args, "--non-interactive"], { cwd: folder, env, maxBuffer: 1e8 });
  const { stdout } = await call.catch((error: Error & { stdout: string; stderr: string }) => {
    throw new Error(`pulumi ${args[0]}: ${error.stdout}${error.stderr}`);
  });
  return stdout;
}

function npm(...args: string[]) {
  return run("npm", args, { cwd: folder });
}

const program = () => readFileSync(path.join(folder, "index.ts"), "utf8");
/** A second model and its deployment, as somebody adds them to the template's program. */
const secondModel = `
  const critic = new finetune.FineTunedModel("critic", {
    account,
    access,
    model: "gpt-4.1-mini-2025-04-14",
    dataset: { training: "data/tutor.jsonl" },
    seed: 1,
  });
  const judging = new finetune.ModelDeployment("critic", { account, access, model: critic, deploymentName: "critic" });

  return { critic: judging.deploymentName, `;

it("the template's program has the types that the package gives it", async () => {
  const compiler = path.join(folder, "node_modules", "typescript", "lib", "tsc.js");
  await expect(run(process.execPath, [compiler, "--project", folder], { cwd: folder })).resolves.toMatchObject({
    stdout: "",
  });
});

it("trains and serves two models on one account, in one program", async () => {
  writeFileSync(path.join(folder, "index.ts"), program().replace("\n  return { ", secondModel));
  await pulumi("stack", "init", "dev");
  for (const [name, value] of Object.entries({
    resourceGroupName: "ResourceGroup1",
    location: "northcentralus",
    accountName: "two-tutors",
  }))
    await pulumi("config", "set", name, value);
  expect(await pulumi("preview")).toMatch(/critic-cost[^]*tutor-cost|tutor-cost[^]*critic-cost/);
  await pulumi("up", "--yes", "--skip-preview");
  expect(await checkout.counters()).toMatchObject({ jobsEverCreated: 2 });
  const outputs = JSON.parse(await pulumi("stack", "output", "--json")) as { critic: string; deployment: string };
  expect(outputs.critic).toMatch(/^critic-[0-9a-f]{6}$/);
  expect(outputs.deployment).toMatch(/^tutor-[0-9a-f]{6}$/);
});

it("a change of one model leaves the other as it is", async () => {
  writeFileSync(path.join(folder, "index.ts"), program().replace("seed: 1", "seed: 2"));
  const { steps } = JSON.parse(await pulumi("preview", "--json")) as { steps: { op: string; urn: string }[] };
  const changed = steps.filter(({ op }) => op !== "same").map(({ urn }) => urn.split("::").at(-1)!);
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.filter((name) => !name.startsWith("critic") && name !== "tutors-dev")).toEqual([]);
  await pulumi("up", "--yes", "--skip-preview");
  expect(await checkout.counters()).toMatchObject({ jobsEverCreated: 3 });
});

it("refresh finds nothing changed, and destroy leaves nothing", async () => {
  await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  await pulumi("destroy", "--yes", "--skip-preview");
  expect(await pulumi("stack", "--show-ids")).toMatch(/Current stack resources \(0\)/);
});

it("no file of the checkout is named in the state", async () => {
  const state = await pulumi("stack", "export");
  expect(state.split("\n").filter((line) => line.includes(projectFolder) || line.includes("tsx/cjs"))).toEqual([]);
});
