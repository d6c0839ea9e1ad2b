import * as pulumi from "@pulumi/pulumi";
import { catalogFrom } from "../catalog";
import { addressProblem, datasetPath } from "../datasets/sources";
import { EvaluationSet } from "../dynamic-providers/evaluation-set/resource";
import { Evaluation } from "../dynamic-providers/evaluation/resource";
import type { EvaluationArgs } from "../dynamic-providers/evaluation/schema";
import { temporaryTuned } from "../dynamic-providers/evaluation/temporary-model";
import type { FineTuningJob } from "../dynamic-providers/fine-tuning-job/resource";
import type { SwitchMode } from "../dynamic-providers/runtime/switch-modes";
import type { EvaluationVerdict } from "../dynamic-providers/runtime/verdicts";
import type { TrainedModel } from "../dynamic-providers/trained-model/resource";
import { addWrite, earlierWrites } from "../program/in-turn";
import { managesRoles } from "./account-addition";
import { defaults, withDefaults } from "./defaults";
import type { AccountReference } from "./openai-account";

/** How a new model is evaluated. Each has a default but for the rules, of which none must be met then. */
export interface EvaluationSettings {
  /** JSONL file of chat rows, whose last answers are the references; or whatever else a dataset may be. @default the validation file */
  cases?: string | readonly string[];
  /** As the service takes it. @default the answer's similarity with the reference (fuzzy_match) */
  grader?: Record<string, unknown>;
  /** Deployments that grade, by the name that the grader gives for the model. @default a deployment of that name or model */
  judges?: Record<string, string>;
  /** `serving`, `base`, a deployment's name in the account, or its ARM ID. @default ["serving"] */
  against?: readonly string[];
  /** Lowest mean score with which the model is deployed. */
  minScore?: number;
  /** Lowest mean gain over each model that it is compared with. */
  minGain?: number;
  /** Largest share of cases, 0 to 1, that may be clearly worse than with each of them. */
  maxRegressions?: number;
  /** Whether the unfavourable end of the 95% interval must meet these, not the mean. @default false */
  confident?: boolean;
  /** USD that an evaluation may cost. @default no limit */
  maxUsd?: number;
  /** Longest answer in tokens. @default 1024 */
  maxTokens?: number;
  /** Thousands of tokens per minute of temporary deployments. @default the least */
  temporaryCapacity?: number;
  /** Minutes within which a temporary deployment must answer. @default 30 */
  waitMinutes?: number;
}

/** What is evaluated, and what it is served as if it passes. */
export interface EvaluatedModel {
  account: Pick<AccountReference, "accountId" | "location"> &
    Partial<Pick<AccountReference, "accountName" | "resourceGroupName">>;
  project: string;
  stack: string;
  /** Base model. */
  model: string;
  deploy: { name?: string; sku: string; raiPolicyName?: string };
  /** What it was trained on, in which no case may be. Absent: the files are not here. */
  dataset?: { training: string; validation?: string };
  catalogFile?: string;
  access?: pulumi.Resource[];
}

/** The model in question. */
interface Candidate extends Pick<EvaluationArgs, "sourceAccount" | "accountPath"> {
  /** Logical name of the job's resource. */
  jobName: string;
  trainingKey: pulumi.Input<string>;
  candidate: pulumi.Input<string>;
  /** Those of which the best one is chosen. @default none */
  checkpoints?: pulumi.Input<string[]>;
  /** What must be in place first, beside the access. @default nothing */
  after?: pulumi.Resource;
}

/** The model that a job of the stack's own makes. @param checkpoint - as `deploy.checkpoint` has it */
export function trainedCandidate(
  jobName: string,
  job: FineTuningJob,
  trained: TrainedModel,
  checkpoint: string | number,
): Candidate {
  const every = checkpoint === "evaluated";
  const checkpoints = every ? trained.checkpoints.apply((all) => all.map((one) => one.name)) : undefined;
  return { jobName, trainingKey: job.trainingKey, candidate: trained.fineTunedModel, checkpoints };
}

/** Cases and grader, checked before the job is paid. @throws pulumi.RunError without a file of cases */
export function evaluationSet(
  name: string,
  jobName: string,
  model: EvaluatedModel & { trainingType: string },
  settings: EvaluationSettings,
  parent: pulumi.Resource,
): EvaluationSet {
  const { trainingType } = model;
  return new EvaluationSet(name, { ...testOf(jobName, model, settings), trainingType }, { parent });
}

/** The resource that evaluates a model before it is deployed. */
export function evaluateModel(
  name: string,
  { jobName, after, ...candidate }: Candidate,
  model: EvaluatedModel,
  settings: EvaluationSettings,
  parent: pulumi.Resource,
): Evaluation {
  const { project, stack, access = [] } = model;
  const { accountName, resourceGroupName } = model.account;
  const account = `${resourceGroupName}/${accountName}`;
  const earlier = accountName === undefined ? [] : earlierWrites(account).last;
  const evaluation = new Evaluation(
    name,
    {
      ...testOf(jobName, model, settings),
      ...{ project, stack, ...candidate },
      waitMinutes: settings.waitMinutes ?? defaults.probe.waitMinutes,
      rolesManaged: managesRoles(access),
    },
    { parent, dependsOn: [...access, ...(after ? [after] : []), ...earlier] },
  );
  // Its temporary deployments are writes too, though nobody needs their names.
  if (accountName !== undefined) addWrite(account, undefined, evaluation);
  return evaluation;
}

/** What is asked, how it is graded, and whom the model is compared with. */
function testOf(job: string, model: EvaluatedModel, settings: EvaluationSettings) {
  const { catalogFile, dataset } = model;
  const { accountId, location } = model.account;
  const { cases = dataset?.validation, against, ...given } = withDefaults(defaults.evaluation, settings);
  const { minScore, minGain, maxRegressions, confident, grader, judges, maxUsd, maxTokens } = given;
  if (cases === undefined) {
    throw new pulumi.RunError(
      "evaluation.cases is missing, and there is no validation file. Set evaluation.cases to a JSONL file.",
    );
  }
  const path = datasetPath(cases);
  const problem = addressProblem(path);
  if (problem !== undefined) throw new pulumi.RunError(`evaluation.cases: ${problem}`);
  return {
    ...{ accountId, location, catalogFile, job, cases: path, grader, judges, maxUsd, maxTokens },
    ...deployedAs(model, settings),
    trainingFile: dataset?.training,
    against: [...against],
    rule: { minScore, minGain, maxRegressions, confident: confident || undefined },
  };
}

/** What an evaluation says of the model, for the register of versions. */
export function verdictOf({
  passed,
  reasons,
  summary,
  key,
  evaluatedAt,
}: Evaluation): pulumi.Output<EvaluationVerdict> {
  return pulumi.output({ passed, reasons, summary, key, evaluatedAt });
}

/** The deployment that comes before the model's own: for it, too, there must be room before a job is paid. */
export function temporaryRoom(model: EvaluatedModel, settings: EvaluationSettings): { sku: string; capacity: number } {
  const catalog = catalogFrom(model.catalogFile);
  const { name, capacity } = temporaryTuned(deployedAs(model, settings), model.model, catalog).sku;
  return { sku: name, capacity };
}

/** What decides how a model is deployed for its evaluation. */
function deployedAs(
  { model, deploy: { name = "", sku, raiPolicyName } }: EvaluatedModel,
  { temporaryCapacity: capacity }: EvaluationSettings,
): Pick<EvaluationArgs, "baseModel" | "capacity" | "deployment"> {
  return { baseModel: model, capacity, deployment: { name, sku, raiPolicyName } };
}

/** With which a deployment's new name waits for a model that passes. Absent where the program leaves the name to the deployment. */
export function namingOf(deploy: {
  name?: string;
  switch?: SwitchMode;
}): { name: string; switch: SwitchMode } | undefined {
  const { name, switch: mode } = deploy;
  return name === undefined || mode === undefined ? undefined : { name, switch: mode };
}
