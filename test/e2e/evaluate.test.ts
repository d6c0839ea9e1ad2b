import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { EvaluationSummary } from "../../evaluation/result";
import { cognitiveServicesClient } from "./azure-clients";
import type { Checkout } from "./checkout";
import { deployed } from "./settings/deployed";

const canary = "CANARY-19be";

let checkout: Checkout;
beforeAll(async () => {
  checkout = await deployed();
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
  expect(json).toSucceed();
  const summary = JSON.parse(json.stdout) as EvaluationSummary;
  expect(summary).toMatchObject({ verdict: { passed: true } });
  expect(summary.models.map((one) => [one.name, one.asked])).toEqual([
    ["gpt-4o-mini-2024-07-18-ft", 24],
    ["base", 24],
  ]);
  expect(summary.models[1]!.model).toBe("gpt-4o-mini@2024-07-18");
  expect(statSync(out).mode & 0o777).toBe(0o600);

  const table = await evaluate(...both, "--min-score", "0.99");
  expect(table).toExitWith(1, {
    output: expect.stringMatching(/failed minScore: 0\.\d+, expected at least 0\.990\nNot passed\./),
  });
  expect(table.output).toContain("This run spent $0.00.");
  for (const { output } of [json, table]) expect(output).not.toContain(canary);

  // The report finds the newest results by itself; the named file needs no stack.
  const html = path.join(checkout.folder, "report.html");
  const report = (...args: string[]) => checkout.run("commands/report", ...args);
  const [terminal, lineage, page] = [
    await report("--stack", "local"),
    await report("--stack", "local", "--json"),
    await report("--stack", "local", "--html", html),
  ];
  expect(terminal.output).toMatch(/not passed: 0\.\d+ on 24 cases; against base [+-]0\.\d+ \(95% interval /);
  const scores = summary.models.map(({ name, model, score }) => ({ name, model, score }));
  expect(JSON.parse(lineage.stdout)).toMatchObject({ evaluation: { summary: { models: scores } } });
  expect(page.output).toContain("the text of 24 cases");
  expect({ mode: statSync(html).mode & 0o777, texts: packedIn(html).includes(canary) }).toEqual({
    mode: 0o600,
    texts: true,
  });
  const alone = await report("--evaluation", out);
  const shared = await report("--evaluation", out, "--no-texts", "--html", html);
  expect(alone.output).toContain("gpt-4o-mini-2024-07-18-ft against");
  expect(packedIn(html)).toMatch(/^\[\{"line":1,"answers":\[\{"score":/);
  for (const { code, output } of [terminal, lineage, page, alone, shared]) {
    expect({ code, output }).toSucceed();
    expect(output).not.toContain(canary);
  }
  for (const text of [readFileSync(html, "utf8"), packedIn(html)]) expect(text).not.toContain(canary);
  expect(JSON.stringify(await checkout.stackState())).not.toContain(canary);
});

/** Cases in a page. */
function packedIn(html: string): string {
  const [, packed] = /id="packed">([^<]*)</.exec(readFileSync(html, "utf8"))!;
  return gunzipSync(Buffer.from(packed!, "base64")).toString();
}

it.each([
  ["a file that is not there", "none.json", /There is no file .*none\.json/],
  [
    "a file of something else",
    "package.json",
    /package\.json is not an evaluation results file: its 'summary' is missing/,
  ],
])("npm run report refuses as results %s in a sentence", async (_, file, message) => {
  const { code, output } = await checkout.run("commands/report", "--evaluation", file);
  expect({ code, output }).toExitWith(1, { output: expect.stringMatching(message) });
  expect(output).not.toMatch(/^\s+at /m);
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
    /spending limit of \$0\.000001; \$0\.00 has been spent/,
  ],
  [
    "a gain over nothing",
    ["--min-gain", "0"],
    /error: --min-gain compares with another model, but there is only one\. Add one with a second --deployment, or remove --min-gain\./,
  ],
])("refuses %s in a sentence", async (_, args, message) => {
  const { code, output } = await evaluate(...args);
  expect({ code, output }).toExitWith(1, { output: expect.stringMatching(message) });
  expect(output).not.toMatch(/^\s+at /m);
});
