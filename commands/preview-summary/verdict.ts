import { ACCOUNT_TYPE } from "../../dynamic-providers/runtime/resource-types";
import { estimateIn, failed, type Pipeline, staysPaused, trains, waits } from "./pipeline";
import { usd } from "./money";
import { at, type Step } from "./steps";

/** What a change does, in one word for scripts (`--verdict`). */
export type Verdict = "blocked" | "trains" | "retrains" | "waits" | "redeploys" | "changes" | "none" | "destroys";

/**
 * The verdict and its line for people.
 *
 * @param blocked - the preview failed, so none of it can be relied on.
 */
export function verdictOf(pipeline: Pipeline, blocked: boolean): { verdict: Verdict; line: string } {
  const { job, model, deployment } = pipeline;
  const changed = pipeline.all.filter((step) => step.operation !== "same");
  if (blocked)
    return { verdict: "blocked", line: "**Blocked.** The preview failed; nothing can be deployed as it stands." };
  if (at(job?.old ?? {}, "record") === "lost" && !trains(job)) {
    return {
      verdict: "blocked",
      line: `**Blocked.** The fine-tuning job and its model are gone, and \`up\` never starts a paid job automatically: raise \`training.retry\`${above(job)} to train again.`,
    };
  }
  if (model?.operation === "update" && failed(model) && !trains(job)) {
    return {
      verdict: "blocked",
      line: `**Blocked.** The fine-tuning job ended as ${String(at(model.old, "status"))}: change its inputs, or raise \`training.retry\`${above(job)} to train again.`,
    };
  }
  if (changed.length === 0) return { verdict: "none", line: "**No change.** `up` would do nothing; no training cost." };
  if (destroys(changed)) {
    return {
      verdict: "destroys",
      line: `**Destroys.** ${changed.length} resources are deleted.`,
    };
  }
  if (trains(job)) {
    const first = job.operation === "create";
    const line = first ? "**Trains.** The first fine-tuning job runs" : "**Retrains.** A new fine-tuning job runs";
    return { verdict: first ? "trains" : "retrains", line: `${line}${priced(pipeline)}${served(pipeline)}` };
  }
  if (staysPaused(pipeline)) {
    const line =
      at(model!.new, "paused") === true
        ? "**Blocked.** `training.paused` keeps the fine-tuning job paused: set it to false to resume it."
        : "**Blocked.** The fine-tuning job is paused, and not by this stack: `up` does not resume it. To resume it, set `training.paused` to true, run `up`, then set it to false and run `up`; or resume it in the Foundry portal.";
    return { verdict: "blocked", line };
  }
  if (waits(pipeline)) {
    const then = deployment && deployment.operation !== "same" ? ", then the model is deployed" : "";
    const ends =
      at(model!.new, "wait") === false ? " `training.wait` is false: `up` ends with an error while the job runs." : "";
    return {
      verdict: "waits",
      line: `**Waits only.** The running fine-tuning job continues${then}; no new job, no new training cost.${ends}`,
    };
  }
  if (deploys(pipeline)) {
    const what = deployment?.lost
      ? "The deployment is gone and is recreated from the model that is already trained"
      : "The model that is already trained is deployed";
    return {
      verdict: "redeploys",
      line: `**Redeploys.** ${what}; no new job, no training cost.`,
    };
  }
  const then =
    deployment?.operation === "delete"
      ? "the deployment is deleted, and its name no longer answers"
      : "no new deployment";
  return { verdict: "changes", line: `**Changes settings.** No training, ${then}.` };
}

/** Whether the stack is destroyed: every change is a deletion, and the account or the stack itself is among them. */
function destroys(changed: Step[]): boolean {
  const whole: string[] = ["pulumi:pulumi:Stack", ACCOUNT_TYPE];
  return changed.every((step) => step.operation === "delete") && changed.some(({ type }) => whole.includes(type));
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

function served({ deployment, model, probe }: Pipeline): string {
  if (model && at(model.new, "wait") === false)
    return ". `training.wait` is false: `up` ends with an error as soon as the job is submitted, unless it has ended by then; the next `up` continues.";
  if (!deployment || deployment.operation === "same") return ".";
  if (deployment.operation === "delete") return "; the deployment is deleted.";
  return deployment.operation === "create"
    ? ", then the model is deployed."
    : `, then the deployment changes to the new model${inPlace(deployment, probe) ? ", where Azure allows that (`deploy.switch` is inPlace)" : ""}.`;
}

function inPlace(deployment: Step, probe: Step | undefined): boolean {
  return deployment.operation === "update" && at(probe?.new ?? {}, "switch") === "inPlace";
}

/** Whether a model is put in service: not when only the capacity of its deployment changes. */
function deploys({ deployment }: Pipeline): boolean {
  if (!deployment) return false;
  if (deployment.operation === "create" || deployment.operation === "replace") return true;
  return (
    deployment.operation === "update" &&
    at(deployment.old, "properties.model.name") !== at(deployment.new, "properties.model.name")
  );
}
