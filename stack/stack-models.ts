import { sameName } from "../format/same-name";
import { withoutCheckpoint } from "../azure-openai/model-names";
import type { ChatProbeState } from "../dynamic-providers/chat-probe/schema";
import type { FineTuningJobState } from "../dynamic-providers/fine-tuning-job/schema";
import type { ModelVersion, ModelVersionsState } from "../dynamic-providers/model-versions/schema";
import type { PromotableVersion, PromotedVersionState } from "../dynamic-providers/promoted-version/schema";
import { finetuneType, isBaseModelResource, isDeployment } from "../dynamic-providers/runtime/resource-types";
import type { TrainedModelState } from "../dynamic-providers/trained-model/schema";
import { isLiving, type StackExport } from "./stack-state";

/** Most fields are absent for a job whose wait has not ended, or has failed: see PartialTrainedModelState. */
export type ModelState = Partial<TrainedModelState> & Pick<TrainedModelState, "jobId" | "checkpoint">;

/** A deployment that the stack made. */
export interface StackDeployment {
  name: string;
  sku: string;
  capacity?: number;
  /** Name of the model that it serves. */
  model?: string;
}

/** What an earlier job made, while it still exists beside the current one. */
export interface EarlierModel {
  name: string;
  /** The job that made it, as far as the state knows. */
  jobId?: string;
  job?: FineTuningJobState;
  model?: ModelState;
  /** Undefined: it is not deployed. */
  deployment?: StackDeployment;
  probe?: ChatProbeState;
}

/** A stack's state by model. Everything outside `earlier` belongs to the current job only. */
export interface StackModels {
  job?: FineTuningJobState;
  model?: ModelState;
  /** The version of another stack that is served instead; then there is neither job nor model. */
  promoted?: PromotableVersion;
  deployment?: StackDeployment;
  /** The base model's own deployment. */
  baseModel?: StackDeployment;
  probe?: ChatProbeState;
  earlier?: EarlierModel;
}

/**
 * Which job made what. From the moment in which another training is submitted until the end of the `up` that replaces the model, the state
 * holds parts of both: the new job, and the old model, deployment and proof. An `up` that fails, pauses or is interrupted leaves it so.
 */
export function stackModels(state: StackExport): StackModels {
  const there = partsOf(state);
  const job = there.jobs.find(({ living }) => living)?.value;
  const model = there.models.find(({ value, living }) =>
    job && value.jobId ? value.jobId === job.jobId : living,
  )?.value;
  const promoted = job || model ? undefined : there.promoted.find(({ living }) => living)?.value;
  const currentId = job?.jobId ?? model?.jobId ?? promoted?.jobId;
  const isEarlier = ({ value: { model: name } }: Part<StackDeployment>) =>
    name !== undefined && makerOf(name, there, currentId) !== currentId;
  const kept = there.deployments.find(isEarlier)?.value;
  const undeployed = there.models.find(({ value }) => value.jobId && value.jobId !== currentId && value.fineTunedModel);
  const earlier = kept?.model ?? undeployed?.value.fineTunedModel;
  return {
    job,
    model,
    ...(promoted && { promoted }),
    deployment: there.deployments.find((one) => one.living && !isEarlier(one))?.value,
    baseModel: there.baseModels.find(({ living }) => living)?.value,
    probe: promoted ? proofOf(promoted.fineTunedModel, there) : ownProof(job, model, there),
    earlier: earlier === undefined ? undefined : earlierModel(earlier, kept, there, currentId),
  };
}

/** A resource that exists; one that is pending deletion is not living. */
interface Part<T> {
  value: T;
  living: boolean;
}

interface Parts {
  jobs: Part<FineTuningJobState>[];
  models: Part<ModelState>[];
  promoted: Part<PromotableVersion>[];
  /** Lines of the registers. */
  versions: ModelVersion[];
  deployments: Part<StackDeployment>[];
  /** Deployments of the base model itself. */
  baseModels: Part<StackDeployment>[];
  probes: Part<ChatProbeState>[];
}

function partsOf(state: StackExport): Parts {
  // A create that failed half way has outputs without an id, or without an answer.
  const jobs = parts<FineTuningJobState>(state, finetuneType("FineTuningJob")).filter(({ value }) => value.jobId);
  const probes = parts<Partial<ChatProbeState>>(state, finetuneType("ChatProbe")).filter(
    (part): part is Part<ChatProbeState> => part.value.answer !== undefined,
  );
  return {
    jobs,
    models: parts<ModelState>(state, finetuneType("TrainedModel")),
    promoted: parts<PromotedVersionState>(state, finetuneType("PromotedVersion")).map(({ value, living }) => ({
      ...{ value: value.version, living },
    })),
    versions: parts<Partial<ModelVersionsState>>(state, finetuneType("ModelVersions")).flatMap(
      ({ value: { versions = [] } }) => versions,
    ),
    deployments: deploymentsOf(state, probes, (urn) => !isBaseModelResource(urn)),
    baseModels: deploymentsOf(state, probes, isBaseModelResource),
    probes,
  };
}

/** Living ones first. */
function parts<T>(
  state: StackExport,
  type: string | ((type: string) => boolean),
  counts: (urn: string) => boolean = () => true,
): Part<T>[] {
  const fits = typeof type === "string" ? (one: string) => one === type : type;
  const found = (state.deployment.resources ?? []).filter(
    (one) => fits(one.type) && !one.pendingReplacement && counts(one.urn),
  );
  return found
    .flatMap((one) => (one.outputs ? [{ value: one.outputs as T, living: isLiving(one) }] : []))
    .sort((a, b) => Number(b.living) - Number(a.living));
}

interface DeploymentOutputs {
  name?: string;
  sku?: { name?: string; capacity?: number };
  properties?: { model?: { name?: string } };
}

function deploymentsOf(
  state: StackExport,
  probes: Part<ChatProbeState>[],
  counts: (urn: string) => boolean,
): Part<StackDeployment>[] {
  return parts<DeploymentOutputs>(state, isDeployment, counts).flatMap(
    ({ value: { name, sku, properties }, living }) => {
      if (!name) return [];
      const asked = probes.find(({ value }) => value.deploymentName === name)?.value.fineTunedModel;
      const model = properties?.model?.name ?? asked;
      return [{ value: { name, sku: sku?.name ?? "", capacity: sku?.capacity, model }, living }];
    },
  );
}

/** The job that made a model; undefined when the state has no record of it. */
function makerOf(name: string, { jobs, models, versions }: Parts, currentId: string | undefined): string | undefined {
  const made = (one: string | undefined) => one !== undefined && trainingName(one) === trainingName(name);
  const model = models.find(({ value: { fineTunedModel, candidate } }) => made(fineTunedModel) || made(candidate));
  if (model) return model.value.jobId ?? currentId;
  const job = jobs.find(({ value: { fineTunedModel } }) => made(fineTunedModel));
  return job?.value.jobId ?? versions.find(({ fineTunedModel }) => made(fineTunedModel))?.jobId;
}

function trainingName(name: string): string {
  return withoutCheckpoint(name).toLowerCase();
}

/** The proof of the current job's model; if the state has neither job nor model, it can belong to no other. */
function ownProof(job: FineTuningJobState | undefined, model: ModelState | undefined, there: Parts) {
  if (model?.fineTunedModel) return proofOf(model.fineTunedModel, there);
  return job || model || there.models.length > 0 ? undefined : there.probes[0]?.value;
}

/** The proof of exactly this model or checkpoint. A proof that doesn't name its model counts only if there is a single model. */
function proofOf(name: string, { probes, models }: Parts): ChatProbeState | undefined {
  return probes.find(({ value: { fineTunedModel, answeredBy } }) => {
    const asked: string | undefined = fineTunedModel ?? answeredBy;
    return asked === undefined ? models.length <= 1 : sameName(asked, name);
  })?.value;
}

function earlierModel(
  name: string,
  deployment: StackDeployment | undefined,
  there: Parts,
  currentId: string | undefined,
): EarlierModel {
  const jobId = makerOf(name, there, currentId);
  const byJob = <T extends { jobId: string }>(found: Part<T>[]) =>
    jobId === undefined ? undefined : found.find(({ value }) => value.jobId === jobId)?.value;
  return { name, jobId, job: byJob(there.jobs), model: byJob(there.models), deployment, probe: proofOf(name, there) };
}
