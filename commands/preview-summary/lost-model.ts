import { isTerminal } from "../../azure-openai/remote-jobs";
import { type Pipeline, takenOver } from "./pipeline";
import { at } from "./steps";
import { name } from "./values";

/** Models that are deleted for good by an `up`, and a job that is cancelled. */
export function lostModel(pipeline: Pipeline): string[] {
  return [...jobThatGoes(pipeline), ...modelThatServed(pipeline)];
}

/** The job in the state is deleted with its model, deployed or not, unless a setting of the last `up` keeps it; one that still runs is cancelled first. */
function jobThatGoes(pipeline: Pipeline): string[] {
  const { job, model, account } = pipeline;
  if (job?.operation !== "replace" && job?.operation !== "delete") return [];
  const { outputs: state } = job;
  const next = takenOver(job);
  if (at(state, "record") === "lost" || (next !== undefined && next === at(state, "jobId"))) return [];
  const lost = whatGoes(pipeline);
  if (lost === undefined) return [];
  const kept =
    at(state, "retain.model") === true || (at(state, "adopted") === true && at(state, "retain.adopted") !== false);
  // Purging an account deletes what should be kept; one that holds such a model is left restorable.
  if (kept) return account?.operation === "replace" ? [`${lost} Only the deleted account keeps it, for 48 hours.`] : [];
  return model && modelIn(model.outputs, state) === undefined
    ? [lost]
    : [`${lost} To keep it, set \`retain.model\` to true and run \`up\` before this change.`];
}

/**
 * Where the newest model was refused, or its job did not end well, an earlier one serves. Its job goes with the next `up` that succeeds, though
 * no preview lists it: the engine catches up on a replacement that it could not end.
 */
function modelThatServed({ deployment, job, model }: Pipeline): string[] {
  if (!deployment || job?.operation === "create" || !["update", "replace", "delete"].includes(deployment.operation))
    return [];
  const served = at(deployment.old, "properties.model.name");
  const next = [at(deployment.new, "properties.model.name"), at(model?.new ?? {}, "fineTunedModel")];
  const others = [...next, modelIn(model?.outputs ?? {}, {})];
  if (typeof served !== "string" || others.some((other) => trainingName(other) === trainingName(served))) return [];
  return [
    `The model ${name(served)}, which serves until then, is deleted for good with its job, unless \`retain\` kept it when it was trained or taken over.`,
  ];
}

/** A checkpoint goes with its model. */
function trainingName(model: unknown): unknown {
  return typeof model === "string" ? model.replace(/:ckpt-step-\d+$/, "") : undefined;
}

function whatGoes({ job, model }: Pipeline): string | undefined {
  const state = job!.outputs;
  const tuned = modelIn(model?.outputs ?? {}, state);
  if (tuned !== undefined)
    return `The model ${name(tuned)} is deleted for good with its job: getting it back means training and paying again.`;
  const status = at(model?.outputs ?? {}, "status");
  if (typeof status !== "string" || isTerminal(status)) return undefined;
  return `The job ${name(at(state, "jobId"))} had not ended when last seen (${status}): it is cancelled and deleted, and what it has trained by then may be billed.`;
}

/** A model that the gate refused is a model too. */
function modelIn(model: object, job: object): string | undefined {
  const names = [
    ...["candidate", "fineTunedModel"].map((key) => at({ ...model }, key)),
    at({ ...job }, "fineTunedModel"),
  ];
  return names.find((found): found is string => typeof found === "string");
}
