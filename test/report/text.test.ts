import { expect, it } from "@jest/globals";
import type { ReportData } from "../../report/report-data";
import { reportText } from "../../report/text";
import { madeUp } from "../evaluation/results/made-up";

/** As it is printed without colours. */
const text = (report: ReportData) => reportText(report).replace(/\u001b\[\d+m/g, "");

it("shows names, the job's reason and the answer as text that can't steer the terminal", () => {
  const report = {
    stack: "dev",
    account: { name: "acc\u202e" },
    job: { id: "ftjob-1", status: "failed", createdAt: 0, error: "bad\u001b]0;t\u0007\n::error::x" },
    steps: [],
    checkpoints: [],
    datasets: [],
    cost: {},
    probe: { question: "Q", answer: "A\u009b2J\n##[error]x" },
  } as unknown as ReportData;
  const shown = text(report);
  expect(shown).toContain("(acc\\u202e)");
  expect(shown).toContain("bad\\u001b]0;t\\u0007\n\\u003a:error::x");
  expect(shown).toContain("A\\u009b2J\n\\u0023#[error]x");
});

it("tells the progress in the page's words, and warns of a wide gap", () => {
  const report = {
    ...{ stack: "dev", account: { name: "a" }, steps: [], checkpoints: [], datasets: [], cost: {} },
    job: { id: "ftjob-1", status: "running", createdAt: 0 },
    progress: { step: 19, totalSteps: 204, percent: 9, loss: 7.671, elapsedMs: 126_000, remainingMs: 311_000 },
    losses: {
      trainingLoss: null,
      validationLoss: null,
      gap: { step: 1, training: 1, validation: 3, wide: "Wide gap." },
    },
  } as unknown as ReportData;
  expect(text(report)).toContain(
    "step 19 of about 204 · 9% · loss 7.671 · submitted 2 min 06 s ago · about 5 min of training left",
  );
  expect(text(report)).toContain("\n\n  Wide gap.");
});

it("has verdict, figures and rules of an evaluation", () => {
  const { summary } = madeUp({ scores: { new: [1, 0.5], base: [0.5, 0.5] }, rule: { minScore: 0.8, minGain: 0 } });
  const report = {
    ...{ stack: "dev", account: { name: "a" }, steps: [], checkpoints: [], datasets: [], cost: {} },
    evaluation: { evaluatedAt: "2026-11-27T17:00:00.000Z", summary },
  } as unknown as ReportData;
  const lines = text(report).split("\n");
  const at = lines.findIndex((line) => line.includes("evaluation"));
  expect(lines.slice(at, at + 3).map((line) => line.trim().replace(/ {2,}/g, " "))).toEqual([
    "evaluation not passed: 0.750 on 2 cases; against base +0.250 (95% interval 0.000 to +0.500)",
    "failed minScore: 0.750, expected at least 0.800",
    "ok minGain against base: 0.250, expected at least 0.000",
  ]);
});
