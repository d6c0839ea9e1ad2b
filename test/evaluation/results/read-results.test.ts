import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { EvaluationRefusal } from "../../../evaluation/refusal";
import { readResults } from "../../../evaluation/results/read-results";
import { writeResults } from "../../../evaluation/results/results-file";
import { madeUp } from "./made-up";

const canary = "CANARY-7f20";
const scores = { candidate: [0.5, 1, 0.25], base: [0.5, 0.5, 0.5] };

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "results-"));
  file = path.join(folder, "results.json");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("reads what a run writes, as it was", async () => {
  const evaluation = madeUp({ scores, rule: { minScore: 0.5 }, mark: canary });
  evaluation.cases[0]!.answers[0]!.parts = { exact: 1 };
  evaluation.cases[1]!.answers[1]!.problem = "filtered";
  evaluation.cases[2]!.messages[1]!.content = [{ type: "text", text: canary }];
  writeResults(file, evaluation);
  expect(await readResults(file)).toEqual(evaluation);
});

describe("refuses, with the place and no text of a case,", () => {
  const whole = () => madeUp({ scores, mark: canary });
  it.each<[string, () => unknown, RegExp]>([
    ["what is no JSON", () => `${canary}{`, /not a JSON object/],
    ["another JSON", () => "[1, 2]", /not a JSON object/],
    ["a newer version", () => ({ ...whole(), summary: { ...whole().summary, version: 2 } }), /'summary\.version'/],
    [
      "a case without answers",
      () => ({ ...whole(), cases: [{ line: 1, messages: [canary] }] }),
      /'cases\.0\.messages\.0'/,
    ],
    [
      "a model without a comparison",
      () => ({ ...whole(), summary: { ...whole().summary, comparisons: [] } }),
      /2 models and 0 comp/,
    ],
    [
      "an answer that is missing",
      () => ({ ...whole(), cases: whole().cases.map((one) => ({ ...one, answers: one.answers.slice(1) })) }),
      /case on line 1 has 1 answers, but there are 2 models/,
    ],
  ])("%s", async (_, content, message) => {
    const written = content();
    writeFileSync(file, typeof written === "string" ? written : JSON.stringify(written));
    const refusal = await readResults(file).catch((error: Error) => error);
    expect(refusal).toBeInstanceOf(EvaluationRefusal);
    expect((refusal as Error).message).toMatch(message);
    expect((refusal as Error).message).toContain("npm run evaluate -- --out FILE");
    expect((refusal as Error).stack).not.toContain(canary);
  });

  it.each([
    ["a file that is not there", () => path.join(folder, "none.json"), /There is no file .*none\.json/],
    ["a folder", () => folder, /is a folder/],
  ])("%s", async (_, named, message) => {
    await expect(readResults(named())).rejects.toThrow(message);
  });
});
