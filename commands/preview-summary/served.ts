import { type Pipeline, takenOver } from "./pipeline";
import { at, type Step } from "./steps";
import { name } from "./values";
import { evaluates, restores, returnsTo } from "./versions";

const MODEL = "properties.model.name";
const NOTHING_TRAINED = "; no new job, no training cost";

// What becomes of the deployment, as the end of each verdict's sentence.

export function afterTraining(pipeline: Pipeline): string {
  const { deployment, model } = pipeline;
  if (model && at(model.new, "wait") === false)
    return ". `training.wait` is false: `up` submits the job, then ends with an error unless the job has already finished; the next `up` continues.";
  if (!deployment || deployment.operation === "same") return ".";
  if (deployment.operation === "delete") return "; the deployment will be deleted.";
  if (evaluates(pipeline)) return `, then ${evaluation(pipeline)}.`;
  return deployment.operation === "create"
    ? ", then the model is deployed."
    : `, then the deployment changes to the new model${whereAllowed(pipeline)}.`;
}

export function afterWaiting(pipeline: Pipeline): string {
  const { deployment } = pipeline;
  if (!deployment || deployment.operation === "same") return "";
  if (deployment.operation === "delete") return "; the deployment will be deleted";
  return evaluates(pipeline) ? `, then ${evaluation(pipeline)}` : ", then the model is deployed";
}

/** Of a model that is yet to be judged. */
function evaluation(pipeline: Pipeline): string {
  return `\`up\` evaluates the model, then deploys it if it passes${whereAllowed(pipeline)}`;
}

/** Whether a model is put in service: not when only the capacity of its deployment changes. */
export function deploys({ deployment }: Pipeline): boolean {
  if (!deployment) return false;
  if (deployment.operation === "create" || deployment.operation === "replace") return true;
  return deployment.operation === "update" && at(deployment.old, MODEL) !== at(deployment.new, MODEL);
}

/** Which model goes into the deployment, where none is trained: the rest of the verdict. */
export function redeployed(pipeline: Pipeline): string {
  const { deployment, job } = pipeline;
  if (deployment?.lost && takenOver(job) === undefined)
    return `The deployment no longer exists and will be recreated with the model that is already trained${NOTHING_TRAINED}`;
  const version = returnsTo(pipeline) ?? (evaluates(pipeline) ? undefined : restores(pipeline));
  if (version)
    return `Returns to version ${version.version}: nothing is trained, $0. Its model ${name(version.fineTunedModel)} is deployed${whereAllowed(pipeline)}`;
  const which = `The model ${whose(job)}that is already trained is`;
  return evaluates(pipeline)
    ? `${which} evaluated, then deployed if it passes${whereAllowed(pipeline)}${NOTHING_TRAINED}`
    : `${which} deployed${whereAllowed(pipeline)}${NOTHING_TRAINED}`;
}

/** What serves, where neither a model is trained nor one deployed. */
export function unchanged({ deployment, baseModel, job, model }: Pipeline): string {
  const jobId = takenOver(job);
  const stays = jobId === undefined ? undefined : staying(deployment, model);
  const change =
    deployment?.operation === "delete"
      ? "the deployment will be deleted and stop responding"
      : (stays ?? besideTuned(baseModel));
  const then = change ?? "no new deployment";
  if (jobId === undefined) return change === undefined ? `, ${then}` : `; ${then}`;
  return `: the stack adopts ${name(jobId)}, which is already trained; ${then}`;
}

/** Of data and settings that come to the version that already serves; undefined where they do not. */
export function restored(pipeline: Pipeline): string | undefined {
  const version = restores(pipeline);
  if (!version || !pipeline.deployment || pipeline.deployment.operation === "delete") return undefined;
  const deployment = name(at(pipeline.deployment.new, "deploymentName"));
  return `**Returns to version ${version.version}.** Nothing is trained, $0: ${deployment} already serves its model ${name(version.fineTunedModel)}.`;
}

/** What becomes of the base model's own deployment. */
function besideTuned(baseModel: Step | undefined): string | undefined {
  switch (baseModel?.operation) {
    case "create":
      return "the base model will be deployed beside the fine-tuned model, whose deployment is unchanged";
    case "replace":
      return "the base model will be deployed again, and the fine-tuned model's deployment is unchanged";
    case "delete":
      return "the base model's deployment will be deleted, and the fine-tuned model's deployment is unchanged";
    default:
      return undefined;
  }
}

function staying(deployment: Step | undefined, model: Step | undefined): string | undefined {
  const serves = deployment !== undefined && at(deployment.new, MODEL) === at(model?.new ?? {}, "fineTunedModel");
  return serves
    ? `${name(at(deployment.new, "deploymentName"))} already serves this model and is unchanged`
    : undefined;
}

function whose(job: Step | undefined): string {
  const jobId = takenOver(job);
  return jobId === undefined ? "" : `of ${name(jobId)} `;
}

/** Azure may refuse another model in the same deployment. */
export function whereAllowed({ deployment, probe }: Pipeline): string {
  const inPlace = deployment?.operation === "update" && at(probe?.new ?? {}, "switch") === "inPlace";
  return inPlace ? ", where Azure allows that (`deploy.switch` is inPlace)" : "";
}
