import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { Checkout } from "./checkout";

let checkout: Checkout;
let pack: string;
const searchPath = process.env.PATH;
beforeAll(async () => {
  checkout = await Checkout.open();
  pack = await packForThisCli();
});
afterAll(async () => {
  process.env.PATH = searchPath;
  await checkout.close();
});

/**
 * Where the CLI's language host runs packs, the pack as it is. A CLI built from Go modules has a host that can't; the engine then takes
 * an analyzer plugin named after the pack's runtime, and runs the same pack through that.
 */
async function packForThisCli(): Promise<string> {
  const { output } = await checkout.pulumi("preview", "--policy-pack", "policy");
  if (!output.includes("could not read plugin")) return "policy";
  const write = (file: string, text: string) => checkout.write(path.join("policy-by-plugin", file), text);
  mkdirSync(path.join(checkout.folder, "policy-by-plugin"));
  write("PulumiPolicy.yaml", "runtime: finetunepack\nmain: index.js\n");
  write("package.json", checkout.read("policy/package.json"));
  write("index.js", 'require("../policy");\n');
  const plugin = path.join(checkout.folder, "pulumi-analyzer-policy-finetunepack");
  const script = path.join(checkout.folder, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
  writeFileSync(plugin, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  chmodSync(plugin, 0o755);
  process.env.PATH = `${checkout.folder}${path.delimiter}${searchPath}`;
  return "policy-by-plugin";
}

const preview = (config: string) => checkout.pulumi("preview", "--policy-pack", pack, "--policy-pack-config", config);

it("the settings of the dev stack let the lab's account through, and say what is open", async () => {
  const { code, output } = await preview("policy/config/dev.json");
  expect({ code, output }).toSucceed();
  expect(output).toMatch(/\[advisory\]\s+keys-disabled/);
  expect(output).toMatch(/\[advisory\]\s+public-network-access/);
  expect(output).not.toContain("[mandatory]");
});

it("the settings of the prod stack pass every rule, all of them mandatory", async () => {
  const own = checkout.read("Pulumi.local.yaml");
  checkout.write("Pulumi.local.yaml", checkout.read("Pulumi.prod.yaml"));
  const { code, output } = await preview("policy/config/prod.json");
  checkout.write("Pulumi.local.yaml", own);
  expect({ code, output }).toSucceed();
  expect(output).toMatch(/\d+ to create/);
  expect(output).not.toMatch(/\[(mandatory|advisory)\]/);
});

it("a mandatory rule stops the preview with its sentence", async () => {
  const rules = {
    ...(JSON.parse(checkout.read("policy/config/dev.json")) as object),
    "hosting-cost": { maxUsdPerMonth: 1000 },
  };
  checkout.write("strict.json", JSON.stringify(rules));
  const { code, output } = await preview("strict.json");
  expect({ code, output }).toFail();
  expect(output).toMatch(/\[mandatory\]\s+hosting-cost/);
  expect(output).toContain("Hosting costs $1241.00 a month; the limit is $1000.");
});

it("a secret in plain text in the stack's settings stops the preview, and is not repeated", async () => {
  checkout.configure({ "tags.note": "sk-proj-0123456789abcdef0123" });
  const { code, output } = await preview("policy/config/dev.json");
  expect({ code, output }).toFail();
  expect(output).toMatch(/\[mandatory\]\s+plaintext-secrets/);
  expect(output).toContain("azure-openai-finetune:tags.note is plain text");
  expect(output).not.toContain("sk-proj");
});
