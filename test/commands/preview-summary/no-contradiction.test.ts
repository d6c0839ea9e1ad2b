import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { doneSummary } from "../../../commands/plan/done";
import { decisionOf } from "../../../commands/preview-summary/decision";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { findingsOf, summarize } from "../../../commands/preview-summary/summary";
import { terminalSummary } from "../../../commands/preview-summary/terminal";
import { digest, type StepInput } from "./digest";
import { type Situation, situations, stepsOf } from "./situations";

// Verdict, reasons, cost and warnings are made apart from each other. Whatever a change comes to, they may not contradict each other.

const today = new Date("2026-11-23T00:00:00Z");
const plain = (text: string) => text.replace(/\u001b\[\d+m/g, "");

/** What a preview of this situation says, in every place that says it, and which of the sentences contradict each other. */
function contradictions(situation: Situation, steps: StepInput[]): string[] {
  const preview = readPreview(digest(steps));
  const { verdict, markdown } = summarize(preview, today);
  const findings = findingsOf(preview, today);
  const texts = `${markdown}\n${plain(terminalSummary(findings))}\n${plain(doneSummary(findings))}`;
  const says = (pattern: RegExp) => pattern.test(texts);
  const op = steps.find(({ type }) => type.includes("Deployment"))?.op ?? "none";
  const trains = verdict === "trains" || verdict === "retrains";
  const blocked = verdict === "blocked";
  const { job, made, old, retain, enabled, wait } = situation;
  const another = job === "first" || job === "replace";
  const [, hostedBefore = ""] = /\| Hosting \| (.*?) \| /.exec(markdown) ?? [];
  const modelGoes = job === "replace" && ["deployed", "refused"].includes(old) && !retain && !blocked;

  /** Each: what holds wherever the condition does. */
  const rules: Record<string, [when: boolean, holds: boolean]> = {
    "a training is priced in the verdict": [true, says(/ and costs \$90/) === trains],
    "in the section of costs": [true, says(/includes one training run: \$90/) === trains],
    "in the terminal": [true, says(/training \$90\.00;/) === trains],
    "and in what is approved": [true, (decisionOf(preview).trainingUsd?.high === 90) === trains],
    "a training has reasons": [true, says(/Why it trains/) === trains],
    "no training is said of none alone": [
      trains,
      !says(/[Nn]o training|no new job|takes over|trained nothing|does not increase the hosting cost/),
    ],
    "no training is said": [!trains && !blocked, says(/no training cost|no new training cost|No training/)],
    "a gate is paid for only in a training": [
      says(/You are charged for the training either way|regardless of its metrics/),
      trains,
    ],
    "another job is a way out of whatever happened": [another && !/running|paused/.test(made), !blocked],
    "only a job that runs is waited for": [says(/Waits only/), another ? made.includes("running") : old === "running"],
    "what stops `up` costs nothing and breaks nobody": [
      blocked,
      !says(/### (Cost|Warnings|Why it trains)|hosting|^ {2}warning/m),
    ],
    "a deployment that stays is not made": [
      says(/no new deployment|serves its model already/),
      ["same", "update", "none"].includes(op),
    ],
    "one that serves already keeps its model": [
      says(/serves its model already/),
      !says(/is replaced by|is deleted and recreated|serves another model/),
    ],
    "one that is announced is made": [
      says(/then the model is deployed|already trained is deployed|changes to the new model/),
      ["create", "replace", "update"].includes(op),
    ],
    "one that is deleted is named": [
      op === "delete" && !blocked && !(trains && !wait),
      says(/the deployment will be deleted/),
    ],
    "hosting is nothing new where it is as before": [
      says(/, as before/),
      hostedBefore === (enabled ? "$1,241.00 a month ($1.70 an hour)" : "nothing"),
    ],
    "hosting begins where there was none": [
      says(/Hosting is billed from the moment of deployment/),
      /^(nothing|)$/.test(hostedBefore),
    ],
    "a budget doesn't deny what is hosted anew": [
      ["create", "replace"].includes(op),
      !says(/[Nn]othing new is hosted/),
    ],
    "one that served beside a refused one is named, too": [
      true,
      says(/`model-0`, which stays deployed until the switch, will be permanently deleted/) ===
        (old === "refused" && !retain && ["update", "replace", "delete"].includes(op) && !blocked),
    ],
    "the model that goes is named, and no other": [true, says(/`model-1` will be permanently deleted/) === modelGoes],
  };
  return Object.keys(rules).filter((name) => rules[name]![0] && !rules[name]![1]);
}

it("verdict, reasons, cost and warnings of a preview say the same", () => {
  let judged = 0;
  fc.assert(
    fc.property(situations, (situation) => {
      const steps = stepsOf(situation);
      if (steps === undefined) return;
      judged++;
      expect(contradictions(situation, steps)).toEqual([]);
    }),
    { numRuns: 3_000, seed: 11 },
  );
  expect(judged).toBeGreaterThan(1_000);
});
