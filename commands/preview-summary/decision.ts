import { createHash } from "node:crypto";
import { UserError } from "../../stack/command";
import { changesOf } from "./changes";
import { type Usd, usd } from "./money";
import { totalTraining } from "./cost";
import { modelsOf } from "./models";
import { estimateIn, type Pipeline, pipelineOf } from "./pipeline";
import type { Preview } from "./read-preview";
import { severalVerdict } from "./several";
import { type Verdict, verdictOf } from "./verdict";

/** What people approve, short enough to pass from one job to the next: one line of JSON. */
export interface Decision {
  stack: string;
  verdict: Verdict;
  /** Training cost of the change, USD: 0 when nothing trains, null when the catalog has no price. */
  trainingUsd: Usd | null;
  /** Hosting after the change, USD a month; null when the preview names none. */
  hostingUsdPerMonth: number | null;
  /** SHA-256 of what happens to which resource, and of the table of changes as people see it. */
  changes: string;
  /** Of a redeployment: `changes` as it was while the job still ran. Absent where nothing is deployed. */
  changesWhileWaiting?: string;
}

export function decisionOf(preview: Preview): Decision {
  const pipeline = pipelineOf(preview.steps);
  const { models, shared } = modelsOf(preview.steps);
  const whole = verdictOf(pipeline, preview.errors.length > 0).verdict;
  const several = models.length > 0 && whole !== "blocked" && whole !== "destroys";
  const { verdict, findings } = several
    ? severalVerdict({ models, shared })
    : { verdict: whole, findings: [{ name: undefined, verdict: whole }] };
  const pipelines = models.length > 0 ? models : [pipeline];
  const hosting = pipelines.flatMap(({ cost }) => (cost && estimateIn(cost.new)?.hostingUsdPerMonth) ?? []);
  const passing = (verdicts: Verdict[]) =>
    findings
      .filter((one) => verdicts.includes(one.verdict))
      .map(({ name }) => `${name === undefined ? "" : `${name}: `}Deployment: model`);
  const hash = (left: string[]) => createHash("sha256").update(changesIn(pipeline, left)).digest("hex");
  return {
    stack: pipeline.all[0]?.stack ?? "",
    verdict,
    trainingUsd: totalTraining(pipelines),
    hostingUsdPerMonth: hosting.length > 0 ? hosting.reduce((sum, month) => sum + month) : null,
    changes: hash(passing(["waits"])),
    ...(verdict === "redeploys" && { changesWhileWaiting: hash(passing(["waits", "redeploys"])) }),
  };
}

/**
 * While a job runs, time alone changes the plan: the model gets its name, and the deployment with it. A person who approved the wait
 * approved that too, so it is left out of the comparison.
 *
 * @param passing - rows that change with time alone.
 */
function changesIn({ all }: Pipeline, passing: string[]): string {
  const changed = all
    .filter((step) => step.operation !== "same")
    .map(({ type, name, operation }) => [type, name, operation]);
  const rows = changesOf(all).filter(({ what }) => !passing.includes(what));
  return JSON.stringify([changed.sort(byText), rows]);
}

function byText(one: string[], other: string[]): number {
  return one.join("\n") < other.join("\n") ? -1 : 1;
}

/**
 * Reads what was approved.
 *
 * @throws UserError when it is not such a line. GitHub passes an empty text when the planning job had no result.
 */
export function readDecision(text: string): Decision {
  try {
    const value = JSON.parse(text) as Partial<Decision> | null;
    const complete = ["stack", "verdict", "changes"].every((key) => typeof value?.[key as keyof Decision] === "string");
    if (value && complete && value.trainingUsd !== undefined && value.hostingUsdPerMonth !== undefined)
      return value as Decision;
  } catch {
    // Reported below, with the text.
  }
  throw new UserError(
    `The approved plan is ${text.trim() === "" ? "empty" : `"${text.slice(0, 200)}"`}; expected the line that \`preview-summary --json\` printed. Nothing was changed. Run the workflow again.`,
  );
}

/** Every difference between the approved plan and the current one, in words; empty when `up` may run. */
export function differences(approved: Decision, current: Decision): string[] {
  const now = asApproved(approved, current);
  const verdict = differs("verdict", approved.verdict, now.verdict);
  // After a failure, nothing else in the preview is reliable.
  if (now.verdict === "blocked" && verdict) return [verdict];
  const found = [
    differs("stack", approved.stack, now.stack),
    verdict,
    differs("training cost", training(approved), training(now)),
    differs("hosting", hosting(approved), hosting(now)),
  ].filter((difference) => difference !== undefined);
  if (found.length > 0 || exact(approved) === exact(now)) return found;
  return ["the resources or settings to be changed differ from the approved ones (compare the two summaries)"];
}

/** Who approved the wait for a job approved the deployment that follows: a job that has ended since is no other plan. */
function asApproved(approved: Decision, now: Decision): Decision {
  const ended = approved.verdict === "waits" && now.verdict === "redeploys" && now.changesWhileWaiting !== undefined;
  return ended ? { ...now, verdict: "waits", changes: now.changesWhileWaiting! } : now;
}

function differs(what: string, approved: string, now: string): string | undefined {
  return approved === now ? undefined : `${what}: approved ${approved}, now ${now}`;
}

/** Compared to the cent, as people see it; smaller differences are compared by `exact`. */
function training({ trainingUsd }: Decision): string {
  return trainingUsd ? usd(trainingUsd) : "unknown";
}

function hosting({ hostingUsdPerMonth: month }: Decision): string {
  return month === null ? "unknown" : `${usd({ low: month, high: month })} a month`;
}

function exact({ trainingUsd, hostingUsdPerMonth, changes }: Decision): string {
  return JSON.stringify([trainingUsd?.low, trainingUsd?.high, hostingUsdPerMonth, changes]);
}
