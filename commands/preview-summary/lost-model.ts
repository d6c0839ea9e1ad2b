import { whyKept } from "./kept";
import { isTerminal } from "../../azure-openai/remote-jobs";
import { type Pipeline, takenOver } from "./pipeline";
import { at, type Properties } from "./steps";
import { name } from "./values";
import { droppedVersions, isVersion, trainingName } from "./versions";

/** Models that are deleted for good by an `up`, and a job that is cancelled. */
export function lostModel(pipeline: Pipeline): string[] {
  const lines = [...jobThatGoes(pipeline), ...modelThatServed(pipeline)];
  const more = versionsThatGo(pipeline).filter(
    ({ model }) => !lines.some((line) => line.includes(name(model) ?? model)),
  );
  return [...lines, ...more.map(({ line }) => line)];
}

/** Versions beyond `retain.versions`; the one whose job is replaced is told of with its job. */
function versionsThatGo(pipeline: Pipeline): { model: string; line: string }[] {
  const { versions, job } = pipeline;
  const retain = at(versions?.new ?? {}, "retain");
  return droppedVersions(pipeline)
    .filter(({ jobId, adopted }) => jobId !== at(job?.outputs ?? {}, "jobId") && !whyKept({ adopted, retain }))
    .map(({ version, fineTunedModel: model }) => ({
      model,
      line: `Version ${version}, the model ${name(model)}, will be permanently deleted with its job, because \`retain.versions\` is ${String(at(versions!.new, "retain.versions"))}.`,
    }));
}

/** The job in the state is deleted with its model, deployed or not, unless a setting of the last `up` keeps it; one that still runs is cancelled first. */
function jobThatGoes(pipeline: Pipeline): string[] {
  const { job, model, account } = pipeline;
  if (job?.operation !== "replace" && job?.operation !== "delete") return [];
  const { outputs: state } = job;
  const tuned = modelIn(model?.outputs ?? {}, state);
  if (tuned !== undefined && isVersion(pipeline, tuned)) return [];
  const next = takenOver(job);
  if (at(state, "record") === "lost" || (next !== undefined && next === at(state, "jobId"))) return [];
  const lost = whatGoes(pipeline);
  if (lost === undefined) return [];
  // Purging an account deletes what should be kept; one that holds such a model is left restorable.
  if (whyKept(state)) {
    return account?.operation === "replace"
      ? [`${lost} It can be recovered only by restoring the deleted account within 48 hours.`]
      : [];
  }
  return model && modelIn(model.outputs, state) === undefined
    ? [lost]
    : [`${lost} To keep it, set \`retain.model\` to true and run \`up\` before this change.`];
}

/**
 * Where the newest model was refused, its job did not end well, or the change of models was interrupted, an earlier one serves. Its job goes
 * with the next `up` that succeeds: the engine catches up on a replacement that it could not end. Where the preview lists that deletion, the
 * job's state says whether it is kept.
 */
function modelThatServed(pipeline: Pipeline): string[] {
  const { deployment, job, model } = pipeline;
  if (!deployment || job?.operation === "create" || !["update", "replace", "delete"].includes(deployment.operation))
    return [];
  const served = at(deployment.old, "properties.model.name");
  const next = [at(deployment.new, "properties.model.name"), at(model?.new ?? {}, "fineTunedModel")];
  const others = [...next, modelIn(model?.outputs ?? {}, {})];
  if (typeof served !== "string" || isVersion(pipeline, served)) return [];
  if (others.some((other) => trainingName(other) === trainingName(served))) return [];
  const earlier = jobOf(served, pipeline);
  if (earlier && whyKept(earlier)) return [];
  const lost = `The model ${name(served)}, which stays deployed until the switch, will be permanently deleted with its job`;
  return [
    earlier
      ? `${lost}: to get it back, you would have to train and pay again.`
      : `${lost}, unless \`retain\` was set to keep it when it was trained or adopted.`,
  ];
}

/** The state of the job that made a model, among those that an earlier replacement left. */
function jobOf(served: string, { job, model }: Pipeline): Properties | undefined {
  const made = model?.replaced.find(
    (one) => trainingName(modelIn(one, {})) === trainingName(served) || at(one, "fineTunedModel") === served,
  );
  const jobId = made && at(made, "jobId");
  return jobId === undefined ? undefined : job?.replaced.find((one) => at(one, "jobId") === jobId);
}

function whatGoes({ job, model }: Pipeline): string | undefined {
  const state = job!.outputs;
  const tuned = modelIn(model?.outputs ?? {}, state);
  if (tuned !== undefined)
    return `The model ${name(tuned)} will be permanently deleted with its job: to get it back, you would have to train and pay again.`;
  const status = at(model?.outputs ?? {}, "status");
  if (typeof status !== "string" || isTerminal(status)) return undefined;
  return `The job ${name(at(state, "jobId"))} had not finished when last seen (${status}). It will be cancelled and deleted, and the training done by then may be billed.`;
}

/** A model that the gate refused is a model too. */
function modelIn(model: object, job: object): string | undefined {
  const names = [
    ...["candidate", "fineTunedModel"].map((key) => at({ ...model }, key)),
    at({ ...job }, "fineTunedModel"),
  ];
  return names.find((found): found is string => typeof found === "string");
}
