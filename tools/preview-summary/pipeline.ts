import type { CostEstimateInputs } from "../../dynamic-providers/cost-estimate/schema";
import { ACCOUNT_TYPE, DEPLOYMENT_TYPE, finetuneType } from "../../dynamic-providers/resource-types";
import { trainingTypeOf } from "../../catalog";
import { at, type Properties, type Step } from "./steps";

/** The steps of a preview by what they are to the pipeline; what the preview does not mention is absent. */
export interface Pipeline {
  all: Step[];
  account?: Step;
  datasets: Step[];
  files: Step[];
  job?: Step;
  model?: Step;
  deployment?: Step;
  probe?: Step;
  cost?: Step;
}

export function pipelineOf(steps: Step[]): Pipeline {
  const all = (type: string) => steps.filter((step) => step.type === type);
  const one = (type: string) => all(type)[0];
  return {
    all: steps,
    account: one(ACCOUNT_TYPE),
    datasets: all(finetuneType("Dataset")),
    files: all(finetuneType("TrainingFile")),
    job: one(finetuneType("FineTuningJob")),
    model: one(finetuneType("TrainedModel")),
    deployment: one(DEPLOYMENT_TYPE),
    probe: one(finetuneType("ChatProbe")),
    cost: one(finetuneType("CostEstimate")),
  };
}

/** Whether a job is submitted, unless one of the same content is found and taken over. */
export function trains(job: Step | undefined): job is Step {
  return (job?.operation === "create" || job?.operation === "replace") && !at(job.new, "existingJobId");
}

/** Whether the job of this stack still runs, as the state knows it. */
export function waits({ job, model }: Pipeline): boolean {
  if (!model || trains(job) || !["create", "update"].includes(model.operation)) return false;
  return !at(model.old, "fineTunedModel") && !failed(model);
}

/**
 * Whether the job is paused, as the state knows it, and `up` ends there: it resumes nothing but what the stack itself paused, and only
 * when the setting says so. A Developer job that Azure preempted continues without help.
 */
export function staysPaused(pipeline: Pipeline): boolean {
  const { job, model } = pipeline;
  if (!waits(pipeline)) return false;
  const status = at(model!.old, "status") ?? at(job?.old ?? {}, "status");
  if (status !== "paused" && status !== "pausing") return false;
  if (at(model!.new, "paused") === true) return true;
  const { pausedByStack, paused } = job?.operation === "update" ? job.outputs : {};
  const resumes = pausedByStack === true || (pausedByStack === false && paused === true);
  return !resumes && trainingTypeOf(String(at(model!.new, "run.trainingType"))) !== "Developer";
}

/** Whether the job ended without a model. */
export function failed(model: Step | undefined): boolean {
  return ["failed", "cancelled"].includes(String(at(model?.old ?? {}, "status")));
}

export type Estimate = CostEstimateInputs["estimate"];

/** Estimate of a cost resource, before or after. */
export function estimateIn(properties: Properties): Estimate | undefined {
  const estimate = at(properties, "estimate");
  return typeof estimate === "object" && estimate !== null ? (estimate as Estimate) : undefined;
}
