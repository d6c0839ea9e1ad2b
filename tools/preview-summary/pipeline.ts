import type { CostEstimateInputs } from "../../dynamic-providers/cost-estimate/schema";
import { at, type Properties, type Step } from "./steps";

const finetune = (name: string) => `pulumi-nodejs:dynamic/finetune:${name}`;

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
    account: one("azure-native:cognitiveservices:Account"),
    datasets: all(finetune("Dataset")),
    files: all(finetune("TrainingFile")),
    job: one(finetune("FineTuningJob")),
    model: one(finetune("TrainedModel")),
    deployment: one("azure-native:cognitiveservices:Deployment"),
    probe: one(finetune("ChatProbe")),
    cost: one(finetune("CostEstimate")),
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
