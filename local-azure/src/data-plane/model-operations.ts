import type { Endpoint, Call } from "./api/call";
import { seconds } from "./api/unix-time";
import { baseModels, type BaseModel, isOfferedOn } from "../models/base-models";
import { notFound } from "./api/errors";
import { finishedAt, phaseAt } from "../course/job-course";
import { tunedModelName } from "../models/tuned-model";
import { findModel } from "../models/find-model";
import { param } from "../http/request";
import type { JobRecord } from "../world/state";

export const modelOperations: Endpoint[] = [
  { method: "GET", path: "/models", action: "models/read", run: listModels },
  { method: "GET", path: "/models/:model", action: "models/read", run: getModel },
];

function listModels(call: Call): unknown {
  const tuned = call.account.dataPlane.jobs.filter((job) => phaseAt(job, call.now) === "succeeded");
  const offered = baseModels.filter((base) => isOfferedOn(base, call.account.kind));
  const data = [...offered.map((base) => baseView(call, base)), ...tuned.map((job) => tunedView(call, job))];
  return { object: "list", data };
}

function getModel(call: Call): unknown {
  const name = param(call.request, "model");
  const model = findModel(call.world, call.account, name);
  if (!model) throw notFound("model", name);
  return model.job ? { ...tunedView(call, model.job), id: model.name } : baseView(call, model.base);
}

function baseView(call: Call, base: BaseModel): Record<string, unknown> {
  const createdAt = Date.parse(base.createdOn);
  if (call.flavour.kind === "v1")
    return { id: base.id, object: "model", created: seconds(createdAt), owned_by: "azure-openai" };
  const endsOn = base.fineTuneEndsOn === undefined ? {} : { fine_tune: seconds(Date.parse(base.fineTuneEndsOn)) };
  return {
    id: base.id,
    object: "model",
    status: "succeeded",
    created_at: seconds(createdAt),
    lifecycle_status: "generally-available",
    deprecation: { ...endsOn, inference: seconds(Date.parse(base.retiresOn)) },
    capabilities: { ...capabilities(base), fine_tune: canTune(call, base) },
  };
}

/** Training in place needs the region; dates decide the rest. */
function canTune(call: Call, base: BaseModel): boolean {
  const open = base.fineTuneEndsOn === undefined || call.now < Date.parse(base.fineTuneEndsOn);
  return open && base.standardRegions.includes(call.account.location.toLowerCase().replaceAll(" ", ""));
}

function tunedView(call: Call, job: JobRecord): Record<string, unknown> {
  const created = seconds(finishedAt(job, call.now) ?? job.createdAt);
  const id = tunedModelName(job);
  if (call.flavour.kind === "v1") return { id, object: "model", created, owned_by: call.account.name };
  const base = baseModels.find((candidate) => candidate.id === job.baseModel)!;
  return {
    id,
    object: "model",
    status: "succeeded",
    created_at: created,
    model: job.baseModel,
    fine_tune: job.id,
    lifecycle_status: "generally-available",
    deprecation: { inference: seconds(Date.parse(base.tunedRetireOn ?? base.retiresOn)) },
    // A tuned chat model can be tuned further.
    capabilities: { ...capabilities(base), fine_tune: base.methods.length > 0 },
  };
}

function capabilities(base: BaseModel): Record<string, boolean> {
  return { inference: true, completion: false, chat_completion: base.chat, embeddings: base.embeddings };
}
