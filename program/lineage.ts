import * as pulumi from "@pulumi/pulumi";
import type { Dataset } from "../dynamic-providers/dataset/resource";
import type { FineTuningJob } from "../dynamic-providers/fine-tuning-job/resource";
import { extraFields } from "../dynamic-providers/fine-tuning-job/extra-body";
import type { Hyperparameters } from "../dynamic-providers/fine-tuning-job/hyperparameters";
import type { FineTuningJobArgs } from "../dynamic-providers/fine-tuning-job/schema";
import type { Promotion } from "../dynamic-providers/model-versions/schema";
import type { PromotableVersion } from "../dynamic-providers/promoted-version/schema";
import { type TrainedFile, trainedFiles } from "../dynamic-providers/promoted-version/trained-files";
import type { TrainedModel } from "../dynamic-providers/trained-model/resource";
import type { TrainedModelArgs } from "../dynamic-providers/trained-model/schema";

/** What was asked for and what came of it, under the names of the report's lineage card (report/report-data.ts). */
export interface LineageOutput {
  version: 1;
  base: { model: string };
  method: string;
  trainingType: string;
  /** As the settings ask; what is absent was the service's to choose. */
  hyperparametersAsked: Hyperparameters;
  /** Values of `job.extraBody` by path; absent: there are none. */
  extraFields?: Record<string, unknown>;
  /** Absent: the service chose one; the report tells which. */
  seed?: number;
  datasets: DatasetLineage[];
  job: {
    id: pulumi.Output<string>;
    trainingKey: pulumi.Output<string>;
    suffix: pulumi.Output<string>;
    adopted: pulumi.Output<boolean>;
  };
  /** Absent where the model is of another job, as after an `up --target` of the job alone. */
  model: pulumi.Output<{ name: string; checkpoint: TrainedModelArgs["checkpoint"] } | undefined>;
}

/** The same of a model that another stack has trained, as far as that stack's register tells. */
export interface PromotedLineageOutput {
  version: 1;
  base: { model: string };
  datasets: TrainedFile[];
  promotedFrom: Promotion & { jobId: string };
  model: { name: string; checkpoint: TrainedModelArgs["checkpoint"] };
}

export function promotedLineage(promoted: PromotableVersion): PromotedLineageOutput {
  const { base, jobId, fineTunedModel, checkpoint, promotedFrom } = promoted;
  return {
    version: 1,
    base: { model: base },
    datasets: trainedFiles(promoted),
    promotedFrom: { ...promotedFrom, jobId },
    model: { name: fineTunedModel, checkpoint },
  };
}

interface DatasetLineage {
  role: "training" | "validation";
  path: string;
  sha256: pulumi.Output<string>;
  examples: pulumi.Output<number>;
  tokens: pulumi.Output<number>;
}

interface LineageParts {
  training: { path: string; data: Dataset };
  validation?: { path: string; data: Dataset };
  job: FineTuningJob;
  model: TrainedModel;
  checkpoint: TrainedModelArgs["checkpoint"];
}

/**
 * The lineage of a model, as a stack output. It holds what decides the model and nothing that moves without it: a commit, a date or a
 * package's version would show as a change in every preview. `npm run report -- --json` adds those, from Pulumi's history and the job.
 */
export function lineageOutput(
  args: Pick<FineTuningJobArgs, "model" | "method" | "trainingType" | "hyperparameters" | "extraBody" | "seed">,
  { training, validation, job, model, checkpoint }: LineageParts,
): LineageOutput {
  const extra = extraFields(args.extraBody);
  return {
    version: 1,
    base: { model: args.model },
    method: args.method,
    trainingType: args.trainingType,
    hyperparametersAsked: { ...args.hyperparameters },
    ...(extra && { extraFields: extra }),
    ...(args.seed !== undefined && { seed: args.seed }),
    datasets: [dataset("training", training), ...(validation ? [dataset("validation", validation)] : [])],
    job: { id: job.jobId, trainingKey: job.trainingKey, suffix: job.suffix, adopted: job.adopted },
    model: pulumi
      .all([model.fineTunedModel, model.jobId, job.jobId])
      .apply(([name, made, current]) => (made === current ? { name, checkpoint } : undefined)),
  };
}

function dataset(role: DatasetLineage["role"], { path, data }: { path: string; data: Dataset }): DatasetLineage {
  // Without what only line ends change: a checkout on another system is no other lineage.
  const sha256 = pulumi.all([data.sha256, data.contentSha256]).apply(([own, content]) => content ?? own);
  return { role, path, sha256, examples: data.examples, tokens: data.tokens.total.sum };
}
