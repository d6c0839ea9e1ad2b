import type { AccountRecord, JobRecord } from "../world/state";
import type { World } from "../world/world";
import { baseModels, type BaseModel } from "./base-models";
import { phaseAt } from "../course/job-course";
import { settleJobs } from "../course/schedule";
import { checkpointSteps, tunedModelName } from "./tuned-model";

/** A model of an account, by a name that can be deployed. */
export interface ModelInfo {
  /** As requested; of a base model, the name with version. */
  name: string;
  kind: "base" | "fine-tuned";
  /** Base model at the root. */
  base: BaseModel;
  /** Job that created a fine-tuned model. */
  job?: JobRecord;
  /** Step of a checkpoint's name (`<model>:ckpt-step-N`). */
  step?: number;
  deployable: boolean;
  /** Why it is not. */
  reason?: string;
}

/**
 * The model of that name: a base model by `gpt-4o-mini-2024-07-18` or `gpt-4o-mini`, a fine-tuned one by its name, one
 * of its checkpoints by `<name>:ckpt-step-N`. A fine-tuned model exists once its job has succeeded; checkpoints of a
 * paused job exist while it is paused.
 */
export function findModel(world: Pick<World, "clock">, account: AccountRecord, name: string): ModelInfo | undefined {
  const now = world.clock.now();
  const base = findBaseModel(name);
  if (base) {
    const retired = now >= Date.parse(base.retiresOn);
    return {
      name: base.id,
      kind: "base",
      base,
      deployable: !retired,
      ...(retired ? { reason: `The model '${base.id}' was retired on ${base.retiresOn}.` } : {}),
    };
  }
  settleJobs(account.dataPlane, now);
  const [modelName, step] = splitCheckpoint(name);
  const job = jobOf(account, modelName, step, now);
  const root = job && findBaseModel(job.baseModel);
  if (!job || !root) return undefined;
  const retired = root.tunedRetireOn !== undefined && now >= Date.parse(root.tunedRetireOn);
  return {
    name,
    kind: "fine-tuned",
    base: root,
    job,
    ...(step === undefined ? {} : { step }),
    deployable: !retired,
    ...(retired
      ? { reason: `Deployments of models tuned from '${root.id}' were retired on ${root.tunedRetireOn}.` }
      : {}),
  };
}

/** The job of a tuned model that was trained on the account, or copied to it. */
function jobOf(
  { dataPlane }: AccountRecord,
  modelName: string,
  step: number | undefined,
  now: number,
): JobRecord | undefined {
  const trained = dataPlane.jobs.find((job) => tunedModelName(job) === modelName && exists(job, step, now));
  const copies = (dataPlane.copiedModels ?? []).filter((copy) => copy.step === step && now >= copy.arrivesAt);
  return trained ?? copies.find(({ job }) => tunedModelName(job) === modelName)?.job;
}

/** A tuned model is there once its job has succeeded, a checkpoint while it is kept. */
function exists(job: JobRecord, step: number | undefined, now: number): boolean {
  return step === undefined ? phaseAt(job, now) === "succeeded" : checkpointSteps(job, now).includes(step);
}

/** A base model by its name with or without version, in any case. */
export function findBaseModel(name: string): BaseModel | undefined {
  const wanted = name.toLowerCase();
  return baseModels.find(({ id, name: alias }) => id.toLowerCase() === wanted || alias.toLowerCase() === wanted);
}

function splitCheckpoint(name: string): [string, number | undefined] {
  const match = /^(.*):ckpt-step-(\d+)$/.exec(name);
  return match ? [match[1]!, Number(match[2])] : [name, undefined];
}
