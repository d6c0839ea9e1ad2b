import { expect, it } from "@jest/globals";
import { doneSummary } from "../../../commands/plan/done";
import { costLine } from "../../../commands/preview-summary/cost";
import { withEvaluationPrices } from "../../../commands/preview-summary/evaluation-price";
import { type Pipeline, pipelineOf } from "../../../commands/preview-summary/pipeline";
import { previewOfEvents } from "../../../commands/preview-summary/preview-events";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { findingsOf, summarize } from "../../../commands/preview-summary/summary";
import { terminalSummary } from "../../../commands/preview-summary/terminal";
import { planLine } from "../../../dynamic-providers/evaluation/plan-line";
import type { EngineEvent } from "../../../stack/up-events";
import { digest, type StepInput } from "./digest";

const today = new Date("2026-11-23T00:00:00Z");
const plain = (text: string) => text.replaceAll(/\u001b\[\d+m/g, "");
const cost = { asking: 0.004, judging: 0, hosting: 1.7, total: 1.704 };
const asked = { caseCount: 24, opponents: ["serving"], temporary: ["Standard"], cost };
const line = `[plan] ${planLine(asked)}\n`;
const price = "about $1.70 (asking less than $0.01, hosting $1.70)";
const figures = { low: 100, high: 100 };
const estimate = {
  ...{ epochs: { low: 1, high: 3 }, trainingTokens: figures, trainingUsd: { low: 0.02, high: 0.06 }, assumptions: [] },
  ...{ hostingUsdPerHour: 1.7, hostingUsdPerMonth: 1241, priceDate: "2026-08-11" },
};
const costStep: StepInput = { type: "CostEstimate", inputs: { estimate } };
const job: StepInput = { type: "FineTuningJob", inputs: { model: "gpt-4o-mini-2024-07-18" }, outputs: { jobId: "j" } };
const trained: StepInput = { type: "TrainedModel", inputs: { wait: true }, outputs: { fineTunedModel: "m" } };
const hosting = "hosting $1,241.00 a month ($1.70 an hour), as before";

it.each<[string, StepInput[], string, string]>([
  [
    "retrains",
    [
      { ...job, op: "replace" },
      { ...trained, op: "replace" },
    ],
    "retrains",
    "training $0.02 to $0.06",
  ],
  ["waits", [job, { ...trained, op: "update", outputs: { status: "running" } }], "waits", "no training cost"],
  [
    "deploys what is trained already",
    [
      job,
      trained,
      { type: "azure-native:cognitiveservices:Deployment", op: "replace", inputs: { deploymentName: "d" } },
    ],
    "redeploys",
    "no training cost",
  ],
  ["changes settings", [job, trained, { type: "Evaluation", op: "update", inputs: {} }], "changes", "no training cost"],
])("the cost of a run that %s has the evaluation in it", (_, steps, verdict, training) => {
  const text = digest([costStep, ...steps], [{ message: line, severity: "info" }]);
  const found = findingsOf(readPreview(text), today);
  const sentence = `${training}; evaluation ${price}; ${hosting}`;
  expect(found.verdict).toBe(verdict);
  expect(plain(terminalSummary(found))).toContain(`cost     ${sentence}`);
  expect(plain(doneSummary(found))).toContain(`on Azure: ${sentence}`);
  expect(summarize(readPreview(text), today).markdown).toContain(
    ` Before a model is deployed, it is evaluated: ${price}.\n`,
  );
});

it("is read from the events of a run too, the last time that it is told", () => {
  const told = (message: string): EngineEvent => ({ diagnosticEvent: { severity: "info", message, ephemeral: true } });
  const later = `[plan] ${planLine({ ...asked, cost: { ...cost, hosting: 0, total: 0.004 } })}`;
  const { messages } = previewOfEvents([told(`<{%reset%}>${line}<{%reset%}>`), told("something else\n"), told(later)]);
  const [pipeline] = withEvaluationPrices([pipelineOf([])], messages);
  expect(pipeline!.evaluationPrice).toBe("less than $0.01");
});

it("of several models, each has its own", () => {
  const named = (name: string): Pipeline => ({ ...pipelineOf([]), name });
  const messages = `${line}[plan] ${planLine({ ...asked, model: "tutor" })}\n`;
  const found = withEvaluationPrices([named("critic"), named("finetune"), named("tutor")], messages);
  expect(found.map(({ name, evaluationPrice }) => [name, evaluationPrice])).toEqual([
    ["critic", undefined],
    ["finetune", price],
    ["tutor", price],
  ]);
});

it("a run that evaluates nothing, or with scores that are known, has no such part", () => {
  const known = `[plan] ${planLine({ caseCount: 24, opponents: [], temporary: [] })}\n`;
  for (const diagnostics of [[], [{ message: known, severity: "info" }], [{ message: line, severity: "error" }]]) {
    const preview = readPreview(digest([costStep, job], diagnostics));
    expect(costLine(findingsOf({ ...preview, errors: [] }, today).costed)).toBe(`no training cost; ${hosting}`);
  }
});

it("shows in the details with whom a model is compared, by name", () => {
  const evaluation: StepInput = { type: "Evaluation", op: "create", inputs: { against: ["serving", "tutor-old"] } };
  const { markdown } = summarize(readPreview(digest([evaluation])), today);
  expect(markdown).toContain("| Evaluation: compared with | new |  | `serving`, `tutor-old` |");
});
