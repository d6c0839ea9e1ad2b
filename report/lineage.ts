import { tokenCountCaveat } from "../catalog";
import { parseAccountId } from "../azure-openai/account-reference";
import { checkpointOf } from "../azure-openai/model-names";
import type { RemoteEvent, RemoteJob } from "../azure-openai/remote-jobs";
import { extraFields } from "../dynamic-providers/fine-tuning-job/extra-body";
import type { PromotableVersion } from "../dynamic-providers/promoted-version/schema";
import { trainedFiles } from "../dynamic-providers/promoted-version/trained-files";
import type { EarlierModel, StackModels } from "../stack/stack-models";
import type { EvaluationVerdict } from "../dynamic-providers/runtime/verdicts";
import { billOf } from "./cost";
import type { EvaluationFacts, JobLineage, Lineage, ModelLineage, RegisteredVerdict } from "./report-data";
import type { StackFacts } from "./stack-facts";
import { filesOf } from "./trained-on";
import type { UpdateRecord } from "./update-history";
import { projectVersions } from "./versions";

/** What the service says of a job now. */
export interface SeenJob {
  job: RemoteJob | undefined;
  events: RemoteEvent[];
}

export interface LineageParts {
  stack: string;
  facts: StackFacts;
  updates: UpdateRecord[];
  /** The stack's job. */
  seen: SeenJob;
  /** The job of `facts.earlier`. */
  seenEarlier?: SeenJob;
  /** Whether the cloud is a rehearsal service. */
  rehearsal?: boolean;
  /** Of the model of the stack's job. */
  evaluation?: EvaluationFacts;
}

/** The lineage card of a stack: of its job, and apart from it of an earlier model that is still there. */
export function lineageCard({
  stack,
  facts,
  updates,
  seen,
  seenEarlier,
  rehearsal,
  evaluation,
}: LineageParts): Lineage {
  const { earlier } = facts;
  const update = facts.job && updateOf(updates, facts.job.createdAt);
  return {
    version: 1,
    ...(rehearsal && { rehearsal: true as const }),
    stack,
    account: { name: facts.accountName, location: facts.location },
    ...(facts.promoted ? promotedLineage(facts.promoted, facts) : modelLineage(facts, facts, updates, seen)),
    ...(evaluation && { evaluation }),
    versions: { ...projectVersions(), ...(update?.pulumi ? { pulumi: update.pulumi } : {}) },
    ...(earlier && { earlier: earlierLineage(earlier, facts, updates, seenEarlier ?? { job: undefined, events: [] }) }),
  };
}

/** The lineage card of the stack's job alone. @param job as the service tells it now, with its events */
export function lineageOf(
  stack: string,
  facts: StackFacts,
  job: RemoteJob | undefined,
  events: RemoteEvent[],
  updates: UpdateRecord[],
): Lineage {
  return lineageCard({ stack, facts, updates, seen: { job, events } });
}

function earlierLineage(
  earlier: EarlierModel,
  facts: StackFacts,
  updates: UpdateRecord[],
  seen: SeenJob,
): Lineage["earlier"] {
  const { name, jobId, job, deployment } = earlier;
  const lineage = modelLineage(earlier, facts, updates, seen);
  const id = jobId ?? seen.job?.id;
  return {
    ...lineage,
    // Files and base model of the settings are the next training's: of a job that nobody knows any more there are none to tell.
    ...(!job && { datasets: [], base: baseNamed(seen.job?.model ?? earlier.model?.baseModel ?? "") }),
    job: lineage.job ?? (id === undefined ? undefined : { id, ...seenFacts(earlier, seen) }),
    model: { name, checkpoint: checkpointOf(name) },
    deployment: deploymentFacts(deployment),
    serving: deployment !== undefined,
  };
}

function modelLineage(
  models: Pick<StackModels, "job" | "model" | "deployment">,
  facts: StackFacts,
  updates: UpdateRecord[],
  { job, events }: SeenJob,
): ModelLineage {
  const { job: submitted, model } = models;
  const update = submitted && updateOf(updates, submitted.createdAt);
  const extra = extraFields(submitted?.extraBody);
  return {
    base: baseNamed(job?.model ?? submitted?.model ?? facts.datasets[0]?.model ?? ""),
    method: submitted?.method,
    trainingType: submitted?.trainingType,
    hyperparametersAsked: { ...submitted?.hyperparameters },
    ...(extra && { extraFields: extra }),
    hyperparameters: { ...job?.hyperparameters },
    seed: job?.seed ?? submitted?.seed,
    datasets: filesOf(submitted, model, facts),
    job: submitted && {
      id: submitted.jobId,
      status: job?.status ?? submitted.status,
      createdAt: isoOf(submitted.createdAt),
      finishedAt: job?.finished_at ? isoOf(job.finished_at) : undefined,
      trainedTokens: job?.trained_tokens ?? undefined,
      billedTokens: billOf(submitted, model, events),
      trainingKey: submitted.trainingKey,
      suffix: submitted.suffix,
      adopted: submitted.adopted,
    },
    model: model?.fineTunedModel
      ? {
          name: model.fineTunedModel,
          // Of a refused candidate the state holds the settings that refused it, and the name that an earlier setting let through.
          checkpoint: model.candidate === undefined ? model.checkpoint : checkpointOf(model.fineTunedModel),
        }
      : undefined,
    ...(model?.candidate !== undefined && { candidate: model.candidate }),
    deployment: deploymentFacts(models.deployment),
    ...registered(facts, submitted?.jobId ?? model?.jobId),
    code: update?.commit
      ? { commit: update.commit, dirty: update.dirty, updatedAt: isoOf(update.startedAt) }
      : undefined,
  };
}

/** Of a model that another stack has trained, all that is known here: how it was trained is in that stack's report. */
function promotedLineage(promoted: PromotableVersion, facts: StackFacts): ModelLineage {
  const { base, jobId, fineTunedModel, checkpoint, promotedFrom, trainedAt } = promoted;
  const { stack, version, accountId } = promotedFrom;
  const account = parseAccountId(accountId).accountName;
  return {
    base: baseNamed(base),
    ...{ hyperparametersAsked: {}, hyperparameters: {}, datasets: trainedFiles(promoted) },
    promotedFrom: { stack, version, account, job: jobId, ...(trainedAt !== null && { trainedAt: isoOf(trainedAt) }) },
    model: { name: fineTunedModel, checkpoint },
    deployment: deploymentFacts(facts.deployment),
    ...registered(facts, jobId),
  };
}

function baseNamed(name: string): ModelLineage["base"] {
  return { model: name, ...(tokenCountCaveat(name) !== undefined && { tokensEstimated: true }) };
}

function registered({ versions }: StackFacts, jobId: string | undefined): Pick<ModelLineage, "register"> {
  const found = versions.find((one) => one.jobId === jobId);
  if (!found) return {};
  const { version, status, evaluation } = found;
  return { register: { version, status, ...(evaluation && { verdict: verdictOf(evaluation) }) } };
}

function verdictOf({ passed, summary, evaluatedAt }: EvaluationVerdict): RegisteredVerdict {
  return { passed, summary, ...(typeof evaluatedAt === "number" && { evaluatedAt: isoOf(evaluatedAt) }) };
}

/** Of a job that is in the state no longer, only its model. */
function seenFacts({ model }: EarlierModel, { job, events }: SeenJob): Partial<JobLineage> {
  return {
    status: job?.status ?? model?.status,
    createdAt: job && isoOf(job.created_at),
    finishedAt: job?.finished_at ? isoOf(job.finished_at) : undefined,
    trainedTokens: job?.trained_tokens ?? undefined,
    billedTokens: billOf(model, model, events),
  };
}

function deploymentFacts(deployment: StackModels["deployment"]): ModelLineage["deployment"] {
  return deployment && { name: deployment.name, sku: deployment.sku, capacity: deployment.capacity };
}

/** The update during which the job was made: the last that had begun by then. */
function updateOf(updates: UpdateRecord[], createdAt: number): UpdateRecord | undefined {
  const begun = updates.filter(({ startedAt }) => startedAt <= createdAt);
  return begun.sort((a, b) => b.startedAt - a.startedAt)[0];
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
