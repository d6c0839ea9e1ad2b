import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { LoggedRequest } from "local-azure/admin/request-log";
import { crash } from "../crash/crash";
import { Checkout } from "./checkout";
import { Shell } from "./shell";

// The commands of docs/promotion.md as they are written there, one after the other.
jest.setTimeout(400_000);

const page = readFileSync(path.resolve(__dirname, "../../docs/promotion.md"), "utf8");
const [section = ""] = /\n## Rehearse it\n[^]*?(?=\n## )/.exec(page) ?? [];
const [deploys = [], destroys = []] = [...section.matchAll(/^```bash\n([^]*?)^```/gm)].map(([, block]) =>
  block!.split("\n").filter((line) => line !== ""),
);

let checkout: Checkout;
let shell: Shell;
let dev: string;
beforeAll(async () => {
  checkout = await Checkout.open();
  dev = checkout.read("Pulumi.dev.yaml");
  shell = new Shell(checkout.folder, { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" });
});
afterAll(() => checkout.close());

/** Runs lines of the page. @returns what each printed */
async function typed(lines: string[]): Promise<string[]> {
  const said: string[] = [];
  for (const line of lines) {
    const { code, output } = await shell.run(["-c", line], {});
    expect({ code, output: `${line}\n${output}` }).toSucceed();
    said.push(output);
  }
  return said;
}

const production = "npm run local -- up --yes --stack production";
const said: string[] = [];

/** Writes of deployments so far. */
async function written(): Promise<string[]> {
  const { requests } = await checkout.admin<{ requests: LoggedRequest[] }>("GET", "/requests");
  return requests.flatMap(({ method, path: url }) => (method === "PUT" && COPY.test(url) ? [url] : []));
}
const COPY = /\/deployments\/gpt-4o-mini-2024-07-18-ft/;

it("killed while the promoted version is deployed, the stack is repaired by recover: no second copy, and no lost ID", async () => {
  expect(deploys).toContain(production);
  said.push(...(await typed(deploys.slice(0, deploys.indexOf(production)))));
  const { at } = await crash(
    checkout,
    { command: "up", match: `^PUT .*${COPY.source}`, request: 1, when: "after", victim: "tree" },
    () => checkout.start("commands/local", "up", "--yes", "--skip-preview", "--stack", "production"),
  );
  expect(at).toMatch(COPY);
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 2, deployments: 2, jobsEverCreated: 1 });
  const before = await written();
  const recovered = await checkout.run("commands/recover", "--local", "--stack", "production");
  expect(recovered).toSucceed({
    output: expect.stringMatching(/Deployment .+: was already created \(\S+\)/) as unknown,
  });
  said.push(...(await typed(deploys.slice(said.length))));
  // The deployment in the state is as the program wants it.
  expect(await written()).toEqual(before);
});

it("both stacks are deployed, and every command finds the one that promotes", async () => {
  const of = (command: string) => said[deploys.findIndex((line) => line.startsWith(`npm run ${command}`))];
  expect(of("local -- preview")).toMatch(/\[plan\] Promotes version 1 of dev \(ftjob-.*: nothing is trained here, \$0/);
  expect(of("local -- preview")).toMatch(/^Stack production: Promotes version 1 of dev\./m);
  expect(of("versions")).toContain("serving, version 1 of dev");
  expect(of("report")).toContain("This model was trained in the stack dev.");
  expect(of("evaluate")).toMatch(/17 cases/);
  await expect(checkout.counters()).resolves.toMatchObject({ jobsEverCreated: 1, accounts: 2, deployments: 2 });
  // The settings are those of a person's file, and none of the rehearsal's keys are in it.
  expect(checkout.read("Pulumi.dev.yaml")).toBe(dev);
  expect(checkout.read("Pulumi.production.yaml")).toMatch(/^config:\n[^]*:promote:\n +stack: dev\n/);
  expect(checkout.read("Pulumi.production.yaml")).not.toContain("encryptionsalt");
});

it("the rehearsal's own stack is another one, and none of its settings are used", async () => {
  const outputs = await checkout.pulumi("stack", "output");
  expect(outputs).toSucceed();
  expect(outputs.output).not.toContain("promotedFrom");
  const elsewhere = await checkout.run("commands/versions", "--stack", "production");
  expect(elsewhere).toFail();
  expect(elsewhere.output).toContain(
    "The rehearsal on this machine has a stack with this name; to use that one, add --local.",
  );
});

it("a destroy in the wrong order is refused, and those of the page leave nothing", async () => {
  const [, ofDev = ""] = destroys;
  const refused = await shell.run(["-c", ofDev], {});
  expect(refused).toFail();
  expect(refused.output).toMatch(/promoted to other accounts .+: version 1 \(ftjob-\w+\) as \S+ in the account/);
  // Before pulumi lists what it would delete.
  expect(refused.output).not.toMatch(/Previewing destroy|Do you want to perform/);
  await typed(destroys);
  await expect(checkout.counters()).resolves.toMatchObject({ jobs: 0, accounts: 0, deployments: 0 });
});
