import type { CostEstimateInputs } from "../../dynamic-providers/cost-estimate/schema";
import { isTerminal } from "../../azure-openai/remote-jobs";
import {
  ACCOUNT_TYPE,
  EXISTING_ACCOUNT_TYPE,
  finetuneType,
  isBaseModelResource,
  isDeployment,
} from "../../dynamic-providers/runtime/resource-types";
import { trainingTypeOf } from "../../catalog";
import { at, type Properties, type Step } from "./steps";

/** The steps of a preview by their role in the pipeline; what the preview does not mention is absent. */
export interface Pipeline {
  all: Step[];
  /** Name of the component, where the program has several models. */
  name?: string;
  /** The stack's own account. */
  account?: Step;
  /** The account that is there without the stack. */
  existingAccount?: Step;
  keys?: Step;
  datasets: Step[];
  files: Step[];
  job?: Step;
  model?: Step;
  /** The register of trained models. */
  versions?: Step;
  /** The version of another stack that is served. */
  promoted?: Step;
  /** What ends an `up` whose newest model did not pass its evaluation. */
  gate?: Step;
  deployment?: Step;
  /** The base model's own deployment. */
  baseModel?: Step;
  probe?: Step;
  cost?: Step;
  /** What the evaluation costs, e.g. `about $1.70 (asking less than $0.01, hosting $1.70)`; absent where nothing is asked. */
  evaluationPrice?: string;
}

export function pipelineOf(steps: Step[]): Pipeline {
  const all = (type: string) => steps.filter((step) => step.type === type);
  const one = (type: string) => all(type)[0];
  return {
    all: steps,
    account: one(ACCOUNT_TYPE),
    existingAccount: one(EXISTING_ACCOUNT_TYPE),
    keys: one(finetuneType("AccountKeys")),
    datasets: all(finetuneType("Dataset")),
    files: all(finetuneType("TrainingFile")),
    job: one(finetuneType("FineTuningJob")),
    model: one(finetuneType("TrainedModel")),
    versions: one(finetuneType("ModelVersions")),
    promoted: one(finetuneType("PromotedVersion")),
    gate: one(finetuneType("ReleaseGate")),
    deployment: steps.find(({ type, name }) => isDeployment(type) && !isBaseModelResource(name)),
    baseModel: steps.find(({ type, name }) => isDeployment(type) && isBaseModelResource(name)),
    probe: one(finetuneType("ChatProbe")),
    cost: one(finetuneType("CostEstimate")),
  };
}

/** Whether a job is submitted. False if the account already has one, found by `check` or named by the settings. */
export function trains(job: Step | undefined): job is Step {
  return isMade(job) && !at(job.new, "existingJobId") && !at(job.new, "takesOver");
}

/** Id of the job that is taken over instead of a new one, found by `check` or named by the settings. */
export function takenOver(job: Step | undefined): string | undefined {
  const id = isMade(job) ? (at(job.new, "takesOver.jobId") ?? at(job.new, "existingJobId")) : undefined;
  return typeof id === "string" ? id : undefined;
}

/** Whether the stack gets another job: a new one, or one that is taken over. */
export function isMade(job: Step | undefined): job is Step {
  return job?.operation === "create" || job?.operation === "replace";
}

/** Status of the job that is taken over instead of a new one, as the preview saw it. */
export function takenOverStatus(job: Step | undefined): string | undefined {
  const status = isMade(job) ? at(job.new, "takesOver.status") : undefined;
  return typeof status === "string" ? status : undefined;
}

/** Whether this stack's job still runs according to the state, or a job that is taken over does. */
export function waits({ job, model }: Pipeline): boolean {
  if (!model || trains(job)) return false;
  const takenOver = takenOverStatus(job);
  if (takenOver !== undefined) return !isTerminal(takenOver);
  // Of a job that is there already and has ended, the preview knows the model.
  if (model.operation === "create" || model.operation === "replace") return !at(model.new, "fineTunedModel");
  const ended = isTerminal(String(at(model.outputs, "status")));
  return model.operation === "update" && !ended && !at(model.outputs, "fineTunedModel");
}

/**
 * Whether the job is paused, according to the state, and `up` ends there: it only resumes a job that the stack itself paused, and only
 * when the setting says so. A Developer job that Azure preempted continues without help.
 */
export function staysPaused(pipeline: Pipeline): boolean {
  const { job, model } = pipeline;
  if (!waits(pipeline)) return false;
  const status = takenOverStatus(job) ?? at(model!.old, "status") ?? at(job?.old ?? {}, "status");
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
