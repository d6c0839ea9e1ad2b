import { accountWarnings } from "./account-warnings";
import { knownErrors } from "./known-error";
import { lostModel } from "./lost-model";
import type { NamedPipeline, SplitSteps } from "./models";
import { pipelineOf } from "./pipeline";
import { reasonsToTrain } from "./reasons";
import { servingWarnings } from "./serving-warnings";
import { type Verdict, verdictOf } from "./verdict";
import { modelWarnings } from "./warnings";

/** What becomes of one of several models. */
export interface ModelFinding {
  name: string;
  verdict: Verdict;
  /** Whether the program has it no longer. */
  removed: boolean;
  /** The verdict for people, with Markdown's `**` around its word. */
  line: string;
}

/** The gravest first: what stops the run, what is deleted, what is paid for. */
const gravity: Verdict[] = [
  "blocked",
  "destroys",
  "retrains",
  "trains",
  "waits",
  "redeploys",
  "changes",
  "rejected",
  "none",
];

const titles: Record<Verdict, string> = {
  ...{ blocked: "Blocked", destroys: "Destroys", retrains: "Retrains", trains: "Trains", waits: "Waits only" },
  ...{ redeploys: "Redeploys", changes: "Changes settings", rejected: "Rejected", none: "No change" },
};
const phrases: Record<Verdict, string> = {
  ...{ blocked: "is blocked", destroys: "is deleted", retrains: "retrains", trains: "trains", waits: "waits only" },
  ...{ redeploys: "redeploys", changes: "changes settings", rejected: "is rejected", none: "does not change" },
};

/** The verdict over several models and each one's own. The whole has the gravest: what people approve is never less than what happens. */
export function severalVerdict({ models, shared }: SplitSteps): {
  verdict: Verdict;
  line: string;
  findings: ModelFinding[];
} {
  const findings = models.map(findingOf);
  const others = verdictOf({ ...pipelineOf(shared), all: shared.filter(isReal) }, false).verdict;
  const verdict = gravity.find((one) => one === others || findings.some((finding) => finding.verdict === one))!;
  const each = findings.map(({ name, removed, ...own }) => `${name} ${removed ? "is removed" : phrases[own.verdict]}`);
  return { verdict, line: `**${titles[verdict]}.** ${each.join("; ")}.`, findings };
}

function findingOf(model: NamedPipeline): ModelFinding {
  const changed = model.all.filter(({ operation }) => operation !== "same");
  const removed = model.all.length > 0 && model.all.every(({ operation }) => operation === "delete");
  if (!removed) return { name: model.name, removed, ...verdictOf(model, false) };
  const what = `${changed.length} ${changed.length === 1 ? "resource" : "resources"} will be deleted`;
  return {
    name: model.name,
    removed,
    verdict: "changes",
    line: `**Removed.** This model is no longer in the program: ${what}.`,
  };
}

/** The stack's own entry is created with the first resource. */
function isReal({ type }: { type: string }): boolean {
  return type !== "pulumi:pulumi:Stack";
}

/** Why each of them trains. */
export function severalReasons(models: NamedPipeline[]): string[] {
  return models.flatMap((model) => ofModel(model, reasonsToTrain(model)));
}

/** Why `up` ends with an error, though it makes other changes, of each that is not blocked. */
export function severalErrors(models: NamedPipeline[], findings: ModelFinding[]): string[] {
  return unblocked(models, findings).flatMap((model) => ofModel(model, knownErrors(model)));
}

/** Warnings about accounts once, then those about each model that is not blocked. */
export function severalWarnings({ models, shared }: SplitSteps, findings: ModelFinding[], today: Date): string[] {
  return [
    ...accountWarnings(pipelineOf(shared)),
    ...unblocked(models, findings).flatMap((model) => ofModel(model, modelWarnings(model, today))),
  ];
}

/** Those of `severalWarnings` that apply only while `up` runs. */
export function severalPassing({ models, shared }: SplitSteps, findings: ModelFinding[]): string[] {
  return [
    ...accountWarnings(pipelineOf(shared)),
    ...unblocked(models, findings).flatMap((model) => ofModel(model, [...servingWarnings(model), ...lostModel(model)])),
  ];
}

function unblocked(models: NamedPipeline[], findings: ModelFinding[]): NamedPipeline[] {
  return models.filter((_, index) => findings[index]!.verdict !== "blocked");
}

function ofModel({ name }: NamedPipeline, sentences: string[]): string[] {
  return sentences.map((sentence) => `${name}: ${sentence}`);
}
