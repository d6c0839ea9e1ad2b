import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Checkout } from "./checkout";
import { writeCases } from "./evaluated-data";
import { addExample, deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";
import { previewOf, upOf } from "./settings/preview-and-up";

// What a preview says of an evaluation is what `up` does.
jest.setTimeout(300_000);

let checkout: Checkout;
beforeAll(async () => {
  checkout = await deployed();
});
afterAll(() => checkout.close());

const change = async (settings: Record<string, unknown>) => {
  checkout.configure(settings);
  const { said, done } = await previewThenUp(checkout);
  const temporary = done.deployments.map((write) => write.replace(/[0-9a-f]{6}$/, "..."));
  return { said, done, changed: Object.keys(said.changes).sort(), temporary: [...new Set(temporary)].length };
};

it("evaluation.enabled and evaluation.cases: the model that serves is evaluated where it is deployed, and stays", async () => {
  writeCases(checkout, "cases.jsonl");
  const { said, done, changed } = await change({ evaluation: { enabled: true, cases: "cases.jsonl" } });
  expect(said.verdict).toBe("changes");
  expect(changed).toEqual(["finetune-evaluation", "finetune-evaluation-set", "finetune-versions", "serving-gate"]);
  expect(said.plan).toEqual([
    expect.stringMatching(/^Trains nothing: /),
    expect.stringMatching(/^Evaluates the model on 24 cases: less than \$0\.01; it is deployed only if it passes$/),
  ]);
  expect(done.deployments).toEqual([]);
});

it("evaluation.minScore and evaluation.confident are decided from known scores: nothing is asked", async () => {
  const { said, done, changed } = await change({ "evaluation.minScore": 0.1, "evaluation.confident": true });
  expect(said.verdict).toBe("changes");
  expect(changed).toEqual(["finetune-evaluation", "finetune-versions"]);
  expect(done.writes).toEqual([]);
});

it("evaluation.against, evaluation.minGain and evaluation.maxRegressions: only the base model is asked, and removed", async () => {
  const { done, temporary } = await change({
    "evaluation.against": ["base"],
    ...{ "evaluation.minGain": -1, "evaluation.maxRegressions": 1 },
  });
  expect(done.deployments).toEqual([
    expect.stringMatching(/^PUT evaluation-[0-9a-f]{10}-[0-9a-f]{6}$/),
    expect.stringMatching(/^DELETE evaluation-[0-9a-f]{10}-[0-9a-f]{6}$/),
  ]);
  expect(temporary).toBe(2);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
});

it("evaluation.grader: kept answers are graded again, and nobody is asked", async () => {
  const texts = { input: "{{sample.output_text}}", reference: "{{item.reference}}" };
  const grader = { type: "text_similarity", name: "words", evaluation_metric: "rouge_l", ...texts };
  const { done } = await change({ "evaluation.grader": grader });
  expect(done.writes).toEqual([]);
});

it("evaluation.judges, evaluation.maxUsd and evaluation.temporaryCapacity change nothing that is there", async () => {
  const { changed, done } = await change({
    "evaluation.judges": { "gpt-4.1": "judge" },
    ...{ "evaluation.maxUsd": 50, "evaluation.temporaryCapacity": 2 },
  });
  expect(changed).toEqual([]);
  expect(done.writes).toEqual([]);
});

it("evaluation.maxTokens: another length of answers is another test", async () => {
  const { done } = await change({
    "evaluation.maxTokens": 50,
    "evaluation.against": [],
    "evaluation.minGain": undefined,
    "evaluation.maxRegressions": undefined,
  });
  expect(done.writes.length).toBeGreaterThan(0);
  expect(done.deployments).toEqual([]);
});

it.each<[string, Record<string, unknown>, RegExp]>([
  [
    "over evaluation.maxUsd",
    { "evaluation.maxUsd": 1 },
    /The evaluation would cost about \$1\.70 .*, over evaluation\.maxUsd of \$1\.00/,
  ],
  ["without a file", { "evaluation.maxUsd": undefined, "evaluation.cases": "nowhere.jsonl" }, /nowhere\.jsonl/],
])(
  "an evaluation %s stops the preview of a training, and `up` before the job is paid",
  async (_, settings, sentence) => {
    const dataBack = addExample(checkout);
    checkout.configure(settings);
    const said = await previewOf(checkout);
    expect(said.verdict).toBe("blocked");
    expect(said.errors.join("\n")).toMatch(sentence);
    expect(await upOf(checkout)).toMatchObject({ failed: true, jobs: 0, deployments: [] });
    dataBack();
  },
);

it("without evaluation.enabled its resources go, and the model stays", async () => {
  const { changed, done } = await change({ evaluation: undefined });
  expect(changed).toEqual(expect.arrayContaining(["finetune-evaluation", "finetune-evaluation-set", "serving-gate"]));
  expect(done.failed).toBe(false);
});
