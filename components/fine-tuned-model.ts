import * as pulumi from "@pulumi/pulumi";
import type { Severity } from "../datasets/report";
import { addressProblem, datasetPath, isOneFile } from "../datasets/sources";
import { graderModels, type Method, modelFormat } from "../catalog";
import type { EvaluationSet } from "../dynamic-providers/evaluation-set/resource";
import type { Evaluation } from "../dynamic-providers/evaluation/resource";
import { CostEstimate } from "../dynamic-providers/cost-estimate/resource";
import type { CostEstimateArgs, CostEstimateInputs } from "../dynamic-providers/cost-estimate/schema";
import type { SwitchMode } from "../dynamic-providers/runtime/switch-modes";
import { MODEL_COMPONENT } from "../dynamic-providers/runtime/resource-types";
import { Dataset } from "../dynamic-providers/dataset/resource";
import { FineTuningJob } from "../dynamic-providers/fine-tuning-job/resource";
import type { FineTuningJobArgs, PlannedBaseDeployment } from "../dynamic-providers/fine-tuning-job/schema";
import { ModelVersions } from "../dynamic-providers/model-versions/resource";
import { TrainedModel } from "../dynamic-providers/trained-model/resource";
import type { TrainedModelArgs } from "../dynamic-providers/trained-model/schema";
import { TrainingFile } from "../dynamic-providers/training-file/resource";
import { type LineageOutput, lineageOutput } from "../program/lineage";
import { managesRoles } from "./account-addition";
import { defaults, withDefaults } from "./defaults";
import { destroyedJobs } from "./destroyed-jobs";
import {
  type EvaluatedModel,
  type EvaluationSettings,
  evaluateModel,
  evaluationSet,
  namingOf,
  temporaryRoom,
  trainedCandidate,
  verdictOf,
} from "./evaluation";
import { hostedAt } from "./hosted-at";
import { type AccountReference, ownerOf } from "./openai-account";
import { servedFrom } from "./served-from";

/** A file, or several that are one dataset. */
export type DatasetFiles = string | readonly string[];

type JobSettings = Pick<
  FineTuningJobArgs,
  "model" | "hyperparameters" | "seed" | "grader" | "responseFormat" | "metadata" | "integrations" | "existingJobId"
>;

export interface FineTunedModelArgs extends JobSettings {
  /** Owner of the job: with the training's content they decide which job is this stack's. @default Pulumi's project */
  project?: string;
  /** @default Pulumi's stack */
  stack?: string;
  /** @default "supervised" */
  method?: Method;
  /** `Standard`, `DataZone`, `GlobalStandard` or `Developer`. @default "Standard" */
  trainingType?: string;
  /** Where it is trained. */
  account: EvaluatedModel["account"] &
    Partial<Pick<AccountReference, "subscriptionId" | "existing" | "kind" | "path" | "project">>;
  /**
   * The JSONL files, and severities by rule code where they differ from the defaults. A file is a path, a folder with a slash at its end, or an address
   * in Blob Storage; several are one dataset in their order.
   */
  dataset: { training: DatasetFiles; validation?: DatasetFiles; rules?: Record<string, Severity> };
  /** Start of the model's name suffix, at most 9 characters. @default none */
  suffix?: string;
  /** `extraBody`: fields of the job's request that have no argument yet, as the service takes them; they are part of the training key. @default none */
  job?: { extraBody?: Record<string, unknown> };
  /**
   * Trial of the grader on the first `rows` of the training file, before the job is paid; `answers` are tried besides those that the rows suggest.
   *
   * @default 3 rows, or 1 where a model grades
   */
  graderTrial?: { enabled?: boolean; rows?: number; answers?: string[] };
  /** How long `up` waits (minutes, or not at all); the count of retries; whether the job pauses. @default 300 minutes, true, 0, false */
  training?: { waitMinutes?: number; wait?: boolean; retry?: number; paused?: boolean };
  /**
   * Which checkpoint is deployed, the figures that it must meet, and the deployment type, which decides the hosting price.
   *
   * @default the last, on Standard with capacity 1
   */
  deploy?: Pick<TrainedModelArgs, "checkpoint" | "gate"> & {
    enabled?: boolean;
    sku?: string;
    capacity?: number;
    /** Name of the deployment, or the start of it: with it an evaluation finds the model that serves. @default none serves */
    name?: string;
    /**
     * How the deployment goes from one model to the next, as ModelDeployment has it: with it and `name`, a new name waits for a model that passes.
     * @default none waits
     */
    switch?: SwitchMode;
    /** Content filter of the deployment. @default the service's own */
    raiPolicyName?: string;
    /** Name of a deployment that goes before the new one comes, or that becomes it. @default none */
    takesPlaceOf?: string;
    /** Version to serve: its number, `previous` or the id of its job. @default the newest */
    version?: number | string;
    /** The base model's own deployment. @default none */
    baseModel?: PlannedBaseDeployment;
  };
  /**
   * What destroy keeps: job and model, uploaded files, an adopted job; and how many versions are kept until then, the serving one included.
   * @default an adopted job alone, and 3 versions
   */
  retain?: { model?: boolean; files?: boolean; adopted?: boolean; versions?: number };
  /** What a new model must show on cases before it is deployed. @default nothing: it is not evaluated */
  evaluation?: EvaluationSettings;
  /** Ceilings in USD that fail the preview. @default none */
  budget?: CostEstimateArgs["budget"];
  /** JSON file whose entries override the shipped catalog. @default none */
  catalogFile?: string;
  /** Role assignments without which the data plane refuses, and additions of the account (ContentFilter, ...): its calls wait for them. @default [] */
  access?: pulumi.Resource[];
}

/** The arguments with every default filled in. */
type Complete = ReturnType<typeof complete>;

function complete(args: FineTunedModelArgs) {
  const { accountId, location, existing, path, kind, subscriptionId, project: ownProject = "" } = args.account;
  const { project = pulumi.getProject(), stack = pulumi.getStack() } = args;
  return {
    ...args,
    ...{ accountId, location, subscriptionId, project, stack },
    dataset: datasetsOf(args.dataset),
    accountKind: kind,
    owner: existing ? ownerOf(project, stack) : undefined,
    accountPath: existing ? undefined : path,
    ownProject: existing ? undefined : ownProject,
    method: args.method ?? defaults.method,
    trainingType: args.trainingType ?? defaults.trainingType,
    graderTrial: withDefaults(defaults.graderTrial, args.graderTrial),
    training: withDefaults(defaults.training, args.training),
    deploy: withDefaults(defaults.deploy, args.deploy),
    retain: withDefaults(defaults.retain, args.retain),
  };
}

/** What is known of a dataset at preview. */
export type DatasetStatistics = Pick<Dataset, "sha256" | "examples" | "tokens">;

/**
 * A model tuned on two dataset files: validated and priced at preview, uploaded, trained once, waited for.
 *
 * @example
 * ```ts
 * const tutor = new FineTunedModel("tutor", {
 *   account, access: [roles],
 *   model: "gpt-4o-mini-2024-07-18", dataset: { training: "data/tutor.jsonl" }, hyperparameters: { nEpochs: 3 },
 * });
 * export const model = tutor.fineTunedModel;
 * ```
 */
export class FineTunedModel extends pulumi.ComponentResource {
  readonly statistics: { training: DatasetStatistics; validation?: DatasetStatistics };
  readonly estimate: pulumi.Output<CostEstimateInputs["estimate"]>;
  readonly job: FineTuningJob;
  readonly trained: TrainedModel;
  /** What the newest model showed on cases; absent where it is not evaluated. */
  readonly evaluation?: Evaluation;
  /** The models that are kept, newest first. */
  readonly versions: ModelVersions;
  /** Name of the model that serves, as a deployment takes it. */
  readonly fineTunedModel: pulumi.Output<string>;
  /** Hash over what decides that model, known at preview. */
  readonly trainingKey: pulumi.Output<string>;
  /** Which checkpoint of its training it is. */
  readonly checkpoint: pulumi.Output<TrainedModelArgs["checkpoint"]>;
  /** `model.format` of its deployment at Resource Manager. */
  readonly format: string;
  /** ARM ID of the account on which it was tuned, where the register has versions of another stack; empty: this one. */
  readonly sourceAccount: pulumi.Output<string>;
  /** Ids of the jobs that a destroy deletes with their models, in an existing account; absent in the stack's own, with which all of them go. */
  readonly destroyedJobs?: pulumi.Output<string[]>;
  /** Why the newest model does not serve, where it is evaluated and did not pass; empty where it serves. Absent: it is not evaluated. */
  readonly rejected?: pulumi.Output<string>;
  /** Name of its deployment, where `deploy.name` and `deploy.switch` are given and it is evaluated; empty or absent: as ModelDeployment has it. */
  readonly deploymentName?: pulumi.Output<string | undefined>;
  readonly lineage: LineageOutput;

  constructor(name: string, given: FineTunedModelArgs, opts?: pulumi.ComponentResourceOptions) {
    super(MODEL_COMPONENT, name, {}, opts);
    const args = complete(given);
    const { training, validation } = args.dataset;

    const trainingData = dataset(`${name}-training`, "training", training, args, this);
    const validationData = validation ? dataset(`${name}-validation`, "validation", validation, args, this) : undefined;
    const jobName = `${name}-job`;
    const cost = estimate(`${name}-cost`, jobName, trainingData, args, this);

    const trainingFile = upload(`${name}-training`, trainingData, training, args, this);
    const validationFile =
      validation && validationData ? upload(`${name}-validation`, validationData, validation, args, this) : undefined;
    const evaluated = args.deploy.enabled ? args.evaluation : undefined;
    const set = evaluated && evaluationSet(`${name}-evaluation-set`, jobName, args, evaluated, this);
    this.job = submit(jobName, { trainingData, validationData, trainingFile, validationFile, set }, args, this);
    this.trained = new TrainedModel(
      `${name}-model`,
      {
        accountId: args.accountId,
        location: args.location,
        jobId: this.job.jobId,
        trainingKey: this.job.trainingKey,
        existingJobId: args.existingJobId,
        trainingExamples: trainingData.examples,
        rolesManaged: managesRoles(args.access),
        owner: args.owner,
        paused: args.training.paused,
        run: pulumi.output({
          ...{ model: args.model, method: args.method, trainingType: args.trainingType, catalogFile: args.catalogFile },
          epochs: args.hyperparameters?.nEpochs ?? ("auto" as const),
          tokens: trainingData.tokens.total.sum,
          examples: trainingData.examples,
        }),
        waitMinutes: args.training.waitMinutes,
        wait: args.training.wait,
        retry: args.training.retry,
        checkpoint: args.deploy.checkpoint,
        gate: args.deploy.gate,
        pinned: isPinned(args) || undefined,
      },
      { parent: this, dependsOn: args.access },
    );

    const candidate = trainedCandidate(jobName, this.job, this.trained, args.deploy.checkpoint);
    this.evaluation = evaluated && evaluateModel(`${name}-evaluation`, candidate, args, evaluated, this);
    this.versions = register(
      `${name}-versions`,
      { trainingData, validationData, job: this.job, jobName, trained: this.trained, evaluation: this.evaluation },
      args,
      this,
    );
    if (this.evaluation) {
      this.rejected = this.versions.rejected;
      this.deploymentName = this.versions.servedAs;
    }
    this.fineTunedModel = this.versions.servedModel;
    this.trainingKey = this.versions.servedKey;
    this.checkpoint = this.versions.servedCheckpoint;
    this.format = modelFormat(args.model, args.catalogFile);
    this.sourceAccount = servedFrom(this.versions);
    this.destroyedJobs = destroyedJobs(this.versions, args);
    this.estimate = cost.estimate;
    this.statistics = { training: statistics(trainingData), validation: validationData && statistics(validationData) };
    const asked = { ...args, extraBody: args.job?.extraBody };
    this.lineage = lineageOutput(asked, {
      training: { path: training, data: trainingData },
      validation: validation && validationData ? { path: validation, data: validationData } : undefined,
      job: this.job,
      model: this.trained,
      checkpoint: args.deploy.checkpoint,
    });
    this.registerOutputs();
  }
}

type Parent = pulumi.ComponentResource;

/** @throws pulumi.RunError for an address with a secret, before a resource could hold it, or a state */
function datasetsOf({ training, validation, rules }: FineTunedModelArgs["dataset"]) {
  const oneOf = (files: DatasetFiles, role: string) => {
    const path = datasetPath(files);
    const problem = addressProblem(path);
    if (problem !== undefined) throw new pulumi.RunError(`dataset.${role}: ${problem}`);
    return path;
  };
  return {
    rules,
    training: oneOf(training, "training"),
    validation: validation === undefined ? undefined : oneOf(validation, "validation"),
  };
}

function dataset(name: string, role: "training" | "validation", path: string, args: Complete, parent: Parent) {
  const { model, method, catalogFile } = args;
  const graded = method === "reinforcement" ? { grader: args.grader, responseFormat: args.responseFormat } : {};
  const compareWith = role === "validation" ? args.dataset.training : undefined;
  const { rules } = args.dataset;
  return new Dataset(
    `${name}-data`,
    { path, role, model, method, rules, compareWith, catalogFile, ...graded },
    { parent },
  );
}

function estimate(name: string, job: string, training: Dataset, args: Complete, parent: Parent) {
  const { model, method, trainingType, location, subscriptionId, budget, catalogFile, accountKind } = args;
  const graders = method === "reinforcement" ? graderModels(args.grader) : [];
  return new CostEstimate(
    name,
    {
      ...{ job, model, method, trainingType, location, subscriptionId, budget, catalogFile, accountKind },
      epochs: args.hyperparameters?.nEpochs ?? "auto",
      trainingTokens: training.tokens.total.sum,
      examples: training.examples,
      graderModels: graders.length > 0 ? graders : undefined,
      ...hostedAt(args.deploy),
    },
    { parent },
  );
}

function upload(name: string, data: Dataset, file: string, args: Complete, parent: Parent) {
  const { accountId, accountPath, location, access, retain, owner } = args;
  const { path, sha256, bytes } = data;
  const contentSha256 = contentOf(data);
  // One file on disk is read where it lies: then there is nothing else to hand on.
  const parts = isOneFile(file) ? undefined : data.source.apply((source) => source?.parts);
  return new TrainingFile(
    `${name}-file`,
    {
      ...{ accountId, accountPath, location, owner, path, parts, sha256, contentSha256, bytes },
      purpose: "fine-tune",
      retain: retain.files,
      adoptedJobId: retain.adopted ? args.existingJobId : undefined,
      rolesManaged: managesRoles(args.access),
    },
    { parent, dependsOn: access },
  );
}

interface JobFiles {
  trainingData: Dataset;
  validationData?: Dataset;
  trainingFile: TrainingFile;
  validationFile?: TrainingFile;
  /** What its model is to be asked: problems with it are found before the job is paid. */
  set?: EvaluationSet;
}

function submit(name: string, files: JobFiles, args: Complete, parent: Parent) {
  const { training, retain, access } = args;
  return new FineTuningJob(
    name,
    {
      accountId: args.accountId,
      accountPath: args.accountPath,
      location: args.location,
      model: args.model,
      method: args.method,
      hyperparameters: args.hyperparameters,
      grader: args.grader,
      responseFormat: args.responseFormat,
      graderTrial: graderTrial(files.trainingData, args),
      seed: args.seed,
      trainingType: args.trainingType,
      extraBody: args.job?.extraBody,
      metadata: args.metadata,
      integrations: args.integrations,
      existingJobId: args.existingJobId,
      project: args.project,
      stack: args.stack,
      logicalName: name,
      suffixBase: args.suffix,
      trainingFileId: files.trainingFile.fileId,
      validationFileId: files.validationFile?.fileId,
      trainingSha256: contentOf(files.trainingData),
      validationSha256: files.validationData && contentOf(files.validationData),
      retry: training.retry,
      paused: training.paused,
      retain: { model: retain.model, adopted: retain.adopted },
      deployment: deploymentsOf(args).tuned,
      register: true,
      rolesManaged: managesRoles(args.access),
      owner: args.owner,
    },
    { parent, dependsOn: [...(access ?? []), ...(files.set ? [files.set] : [])] },
  );
}

/** Absent where no grader decides, where the job is there already, and where it is switched off. */
function graderTrial({ source }: Dataset, { method, grader, existingJobId, dataset, ...args }: Complete) {
  const { enabled, rows, answers } = args.graderTrial;
  if (!enabled || method !== "reinforcement" || !grader || existingJobId !== undefined) return undefined;
  const path = dataset.training;
  const parts = isOneFile(path) ? undefined : source.apply((found) => found?.parts);
  return pulumi.output({ path, parts, rows, answers });
}

interface Made {
  trainingData: Dataset;
  validationData?: Dataset;
  job: FineTuningJob;
  /** Logical name of the job. */
  jobName: string;
  trained: TrainedModel;
  /** What was judged of the candidate; absent: nothing is. */
  evaluation?: Evaluation;
}

/** Whether a setting names the version that serves, and so no verdict on the candidate does. */
function isPinned({ deploy }: Complete): boolean {
  return deploy.version !== undefined;
}

function register(name: string, made: Made, args: Complete, parent: Parent) {
  const { trainingData, validationData, job, trained, evaluation } = made;
  const { versions, model, adopted } = args.retain;
  const { checkpoint } = args.deploy;
  return new ModelVersions(
    name,
    {
      accountId: args.accountId,
      location: args.location,
      job: made.jobName,
      jobId: trained.jobId,
      trainingKey: job.trainingKey,
      fineTunedModel: checkpoint === "evaluated" && evaluation ? evaluation.model : trained.fineTunedModel,
      checkpoint,
      base: args.model,
      trainingSha256: contentOf(trainingData),
      validationSha256: validationData && contentOf(validationData),
      trainingExamples: trainingData.examples,
      validationExamples: validationData?.examples,
      trainedAt: trained.finishedAt,
      adopted: job.adopted,
      evaluation: evaluation && verdictOf(evaluation),
      gated: (isPinned(args) && args.deploy.gate !== undefined) || undefined,
      deployed: args.deploy.enabled,
      deployment: servedBy(args),
      naming: evaluation && namingOf(args.deploy),
      pin: args.deploy.version,
      retain: { versions, model, adopted },
      rolesManaged: managesRoles(args.access),
      owner: args.owner,
      ownProject: args.ownProject,
    },
    { parent, dependsOn: args.access },
  );
}

/** The deployment of a version that is trained already; the base model's stays as it is then. */
function servedBy({ deploy: { enabled, sku, capacity, takesPlaceOf } }: Complete) {
  return enabled ? { sku, capacity, takesPlaceOf } : undefined;
}

/** What is deployed once there is a model: the base model only beside the tuned one. */
function deploymentsOf(args: Complete) {
  const { evaluation, deploy } = args;
  const { enabled, sku, capacity, takesPlaceOf, baseModel } = deploy;
  if (!enabled) return {};
  const comesFirst = evaluation && temporaryRoom(args, evaluation);
  return { tuned: { sku, capacity, takesPlaceOf, baseModel, evaluation: comesFirst }, baseModel };
}

function statistics({ sha256, examples, tokens }: Dataset): DatasetStatistics {
  return { sha256, examples, tokens };
}

/** By what files and jobs know the content; an `up --target` that leaves the Dataset out finds the state of an earlier version. */
function contentOf({ sha256, contentSha256 }: Dataset): pulumi.Output<string> {
  return pulumi.all([sha256, contentSha256]).apply(([own, content]) => content ?? own);
}
