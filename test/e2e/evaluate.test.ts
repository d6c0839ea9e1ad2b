import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { EvaluationSummary } from "../../evaluation/result";
import { cognitiveServicesClient } from "./azure-clients";
import { Checkout } from "./checkout";

const canary = "CANARY-19be";

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open();
  const { code, output } = await checkout.run("commands/start");
  if (code !== 0) throw new Error(output);
});
afterAll(() => checkout.close());

function evaluate(...args: string[]) {
  return checkout.run("commands/evaluate", "--stack", "local", ...args);
}

function cases(count: number): string {
  const file = path.join(checkout.folder, "cases.jsonl");
  const row = (index: number) => ({
    messages: [
      { role: "system", content: "The system is an AI teacher that helps people learn about AI" },
      {
        role: "user",
        content: `${index}: how would you describe artificial intelligence to visitor ${index} of a fair? ${canary}`,
      },
      {
        role: "assistant",
        content: `Artificial intelligence (AI) is the field of building computer systems that do tasks we usually connect with human thinking. ${canary}`,
      },
    ],
  });
  writeFileSync(file, Array.from({ length: count }, (_, index) => `${JSON.stringify(row(index))}\n`).join(""));
  return file;
}

it("npm run evaluate compares the stack's model with another deployment, as a table and as JSON", async () => {
  const client = cognitiveServicesClient(checkout.cloud);
  const state = await checkout.stackState();
  const account = state.deployment.resources!.find(({ type }) => type === "azure-native:cognitiveservices:Account")!;
  const [, group, name] = /resourceGroups\/([^/]+)\/.*accounts\/([^/]+)$/.exec(account.id!)!;
  const model = { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" };
  const base = { sku: { name: "Standard", capacity: 1 }, properties: { model } };
  await client.deployments.beginCreateOrUpdateAndWait(group!, name!, "base", base, { updateIntervalInMs: 200 });

  const both = ["-d", "gpt-4o-mini-2024-07-18-ft", "-d", `${account.id}/deployments/base`, "--cases", cases(24)];
  const out = path.join(checkout.folder, "results.json");
  const json = await evaluate(...both, "--json", "--out", out, "--min-gain", "0.05");
  const summary = JSON.parse(json.stdout) as EvaluationSummary;
  expect({ code: json.code, summary }).toMatchObject({ code: 0, summary: { verdict: { passed: true } } });
  expect(summary.models.map((one) => [one.name, one.asked])).toEqual([
    ["gpt-4o-mini-2024-07-18-ft", 24],
    ["base", 24],
  ]);
  expect(summary.models[1]!.model).toBe("gpt-4o-mini@2024-07-18");
  expect(statSync(out).mode & 0o777).toBe(0o600);

  const table = await evaluate(...both, "--min-score", "0.99");
  expect(table).toMatchObject({
    code: 1,
    output: expect.stringMatching(/failed minScore: 0\.\d+, expected at least 0\.990\nNot passed\./),
  });
  expect(table.output).toContain("This run spent $0.00.");
  for (const { output } of [json, table]) expect(output).not.toContain(canary);
});

it.each([
  [
    "a case of the training data",
    ["--cases", "data/training_set.jsonl"],
    /line 1: The case is also in the training file, on line 1/,
  ],
  ["a deployment that there is not", ["-d", "nope"], /has no deployment nope\. It has /],
  [
    "a limit that the first answer could pass",
    ["--max-usd", "0.000001", "--max-tokens", "7"],
    /spending limit of \$0\.000001; \$0\.00 was spent/,
  ],
  ["a gain over nothing", ["--min-gain", "0"], /minGain compares with another model, but there is only one/],
])("refuses %s in a sentence", async (_, args, message) => {
  const { code, output } = await evaluate(...args);
  expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(message) });
  expect(output).not.toMatch(/^\s+at /m);
});
