import { isAccount } from "../../dynamic-providers/runtime/resource-types";
import { estimateIn, failed, isMade, type Pipeline, staysPaused, trains, waits } from "./pipeline";
import { usd } from "./money";
import { promotedHere, promotionTitle } from "./promotion";
import { afterTraining, afterWaiting, deploys, redeployed, restored, unchanged } from "./served";
import { at, type Step } from "./steps";
import { GATE_TYPE, promotes, rejected } from "./versions";

/** What a change does, in one word for scripts (`--verdict`). */
export type Verdict =
  "blocked" | "trains" | "retrains" | "waits" | "redeploys" | "changes" | "rejected" | "none" | "destroys";

/**
 * The verdict and its line for people.
 *
 * @param blocked - the preview failed, so none of it can be relied on.
 */
export function verdictOf(pipeline: Pipeline, blocked: boolean): { verdict: Verdict; line: string } {
  const { job, model } = pipeline;
  const changed = pipeline.all.filter((step) => step.operation !== "same");
  if (blocked)
    return { verdict: "blocked", line: "**Blocked.** The preview failed; nothing can be deployed as it stands." };
  if (at(job?.old ?? {}, "record") === "lost" && !isMade(job)) {
    return {
      verdict: "blocked",
      line: `**Blocked.** The fine-tuning job and its model no longer exist, and \`up\` never starts a paid job automatically. Raise \`training.retry\`${above(job)} to train again.`,
    };
  }
  if (model?.operation === "update" && failed(model) && !trains(job)) {
    return {
      verdict: "blocked",
      line: `**Blocked.** The fine-tuning job ended with status ${String(at(model.old, "status"))}. To train again, change its inputs or increase \`training.retry\`${above(job)}.`,
    };
  }
  if (changed.length === 0) return { verdict: "none", line: "**No change.** `up` would do nothing; no training cost." };
  if (destroys(changed)) {
    return {
      verdict: "destroys",
      line: `**Destroys.** ${changed.length} resources will be deleted.`,
    };
  }
  const why = rejected(pipeline);
  if (why !== undefined && changed.every(({ type }) => type === GATE_TYPE)) {
    return {
      verdict: "rejected",
      line: `**Rejected.** ${why} Until then \`up\` deploys nothing new and ends with an error.`,
    };
  }
  if (trains(job)) {
    const first = job.operation === "create" && !job.lost;
    const line = first ? "**Trains.** The first fine-tuning job runs" : "**Retrains.** A new fine-tuning job runs";
    return { verdict: first ? "trains" : "retrains", line: `${line}${priced(pipeline)}${afterTraining(pipeline)}` };
  }
  if (staysPaused(pipeline)) {
    const line =
      at(model!.new, "paused") === true
        ? "**Blocked.** `training.paused` keeps the fine-tuning job paused. Set it to false to resume the job."
        : "**Blocked.** The fine-tuning job is paused, but this stack did not pause it: `up` does not resume it. To resume it, set `training.paused` to true, run `up`, then set it to false and run `up`; or resume it in the Foundry portal.";
    return { verdict: "blocked", line };
  }
  if (waits(pipeline)) {
    const ends =
      at(model!.new, "wait") === false
        ? " `training.wait` is false, so `up` doesn't wait for the job: until the job finishes, `up` ends with an error."
        : "";
    return {
      verdict: "waits",
      line: `**Waits only.** The running fine-tuning job continues${afterWaiting(pipeline)}; no new job, no new training cost.${ends}`,
    };
  }
  const promoted = promotes(pipeline);
  if (deploys(pipeline) && promoted)
    return { verdict: "redeploys", line: `**${promotionTitle(promoted)}.** ${promotedHere(promoted, pipeline)}.` };
  if (deploys(pipeline)) return { verdict: "redeploys", line: `**Redeploys.** ${redeployed(pipeline)}.` };
  const again = restored(pipeline);
  if (again !== undefined) return { verdict: "changes", line: again };
  return {
    verdict: "changes",
    line: `**${why === undefined ? "Changes" : "Rejected; changes"} settings.** No training${unchanged(pipeline)}.`,
  };
}

/** Whether the stack is destroyed: every change is a deletion, and the account or the stack itself is among them. */
function destroys(changed: Step[]): boolean {
  const isWhole = (type: string) => type === "pulumi:pulumi:Stack" || isAccount(type);
  return changed.every((step) => step.operation === "delete") && changed.some(({ type }) => isWhole(type));
}

/** A value of `training.retry` that was already used starts no job, however often it is set. */
function above(job: Step | undefined): string {
  const used = job?.outputs.retry;
  return typeof used === "number" && used > 0 ? ` above ${used}` : "";
}

function priced({ cost }: Pipeline): string {
  const training = cost && estimateIn(cost.new)?.trainingUsd;
  return training ? ` and costs ${usd(training)}` : " and is billed";
}
