import { asObject } from "../../../http/request";
import type { DeploymentError, PlannedResource, TemplateDeploymentRecord } from "../../../world/state";
import type { World } from "../../../world/world";
import { AzureError } from "../../../http/azure-error";
import { evaluate } from "../expressions/evaluate";
import { bodyOf } from "./body";
import { addLeftovers } from "./leftovers";
import { asText } from "../functions/text";
import { Scope } from "../expressions/scope";
import { isSecret, shownType } from "../template/parameters";
import { readTemplate } from "../template/read";
import { scopeFor } from "../template/surroundings";
import { NotYet, withAnswers } from "./runtime";
import type { Answer, Send } from "./send";

const DONE = ["succeeded", "existing", "skipped"];
const RUNNING = /^(accepted|creating|updating|running|inprogress|deleting)$/i;

export function isRunning({ endedAt }: TemplateDeploymentRecord): boolean {
  return endedAt === undefined;
}

/**
 * Takes a deployment as far as it comes now: asks for what runs, writes each resource whose turn has come, and ends it when nothing is left.
 * Each step is saved, and a write that is repeated after a crash is a PUT of the same.
 */
export async function advance(world: World, deployment: TemplateDeploymentRecord, send: Send): Promise<void> {
  await advanceAll(world, deployment, send);
  if (isSettled(deployment) && addLeftovers(world, deployment)) await advanceAll(world, deployment, send);
  const active = deployment.resources.some(({ state }) => state === "running");
  if (isRunning(deployment) && !active) await end(world, deployment, send);
}

async function advanceAll(world: World, deployment: TemplateDeploymentRecord, send: Send): Promise<void> {
  for (let moved = true; moved && isRunning(deployment);) {
    moved = false;
    for (const resource of deployment.resources) {
      if (resource.state === "running") moved = (await follow(world, deployment, resource, send)) || moved;
      else if (resource.state === "waiting" && mayStart(deployment, resource))
        moved = (await start(world, deployment, resource, send)) || moved;
    }
    world.save();
  }
}

/** Whether all that the template has is there. */
function isSettled({ resources, canceled }: TemplateDeploymentRecord): boolean {
  return canceled !== true && resources.every(({ state }) => DONE.includes(state));
}

/** After a failure nothing more is begun, as in Azure; what runs goes on to its end. */
function mayStart({ resources, canceled }: TemplateDeploymentRecord, { dependsOn }: PlannedResource): boolean {
  if (canceled === true || resources.some(({ state }) => state === "failed")) return false;
  return resources.every(({ id, state }) => !dependsOn.includes(id) || DONE.includes(state));
}

async function start(world: World, deployment: TemplateDeploymentRecord, resource: PlannedResource, send: Send) {
  try {
    const path = `${resource.id}?api-version=${resource.apiVersion}`;
    if (resource.deletes) {
      resource.startedAt = world.clock.now();
      settle(world, resource, await send(deployment.by, "DELETE", path), undefined);
      return true;
    }
    const body = await withAnswers(deployment, send, (runtime) => {
      const template = readTemplate(deployment.template);
      const { surroundings } = scopeFor(world, deployment, template, runtime);
      return bodyOf(resource, template, new Scope(surroundings, resource.loops));
    });
    resource.startedAt = world.clock.now();
    const answer = await send(deployment.by, "PUT", path, body);
    settle(world, resource, answer, asObject(asObject(answer.body)?.properties)?.provisioningState);
  } catch (error) {
    if (error instanceof NotYet) return false;
    fail(world, resource, error);
  }
  return true;
}

async function follow(world: World, deployment: TemplateDeploymentRecord, resource: PlannedResource, send: Send) {
  const answer = await send(deployment.by, "GET", resource.poll ?? "");
  const { status, properties } = asObject(answer.body) ?? {};
  settle(world, resource, answer, status ?? asObject(properties)?.provisioningState);
  return resource.state !== "running";
}

function settle(world: World, resource: PlannedResource, answer: Answer, state: unknown): void {
  const error = asObject(asObject(answer.body)?.error);
  if (answer.status >= 400 || /^(failed|canceled)$/i.test(String(state))) {
    fail(world, resource, new AzureError(answer.status, asText(error?.code ?? state), asText(error?.message)), error);
  } else if (answer.status === 202 || (typeof state === "string" && RUNNING.test(state))) {
    resource.state = "running";
    resource.poll =
      pathOf(answer.headers["azure-asyncoperation"]) ??
      resource.poll ??
      `${resource.id}?api-version=${resource.apiVersion}`;
    resource.status ??= answer.status;
  } else {
    resource.state = "succeeded";
    resource.endedAt = world.clock.now();
    resource.status ??= answer.status;
    delete resource.poll;
  }
}

function fail(world: World, resource: PlannedResource, error: unknown, sent?: Record<string, unknown>): void {
  if (!(error instanceof AzureError)) throw error;
  resource.state = "failed";
  resource.endedAt = world.clock.now();
  resource.status = error.statusCode < 400 ? 409 : error.statusCode;
  resource.error = {
    code: error.code,
    message: error.message,
    target: resource.id,
    ...(sent?.details !== undefined && { details: sent.details }),
  };
  delete resource.poll;
}

async function end(world: World, deployment: TemplateDeploymentRecord, send: Send): Promise<void> {
  const failed = deployment.resources.filter(({ state }) => state === "failed");
  if (failed.length > 0) {
    deployment.error = failure(deployment, failed);
  } else if (deployment.canceled !== true) {
    try {
      deployment.outputs = await outputsOf(world, deployment, send);
    } catch (error) {
      if (!(error instanceof AzureError) && !(error instanceof NotYet)) throw error;
      const code = error instanceof AzureError ? error.code : "InvalidTemplate";
      deployment.error = {
        code: "DeploymentOutputEvaluationFailed",
        message: OUTPUTS,
        target: deployment.id,
        details: [{ code, message: error.message }],
      };
    }
  }
  deployment.endedAt = world.clock.now();
  world.save();
}

const OUTPUTS =
  "Unable to evaluate template outputs. Please see error details and deployment operations. Please see https://aka.ms/arm-common-errors for usage details.";

/** In the words on record. */
function failure({ id }: TemplateDeploymentRecord, failed: PlannedResource[]): DeploymentError {
  const details = failed.map(({ error }) => error);
  if (failed.every(({ deletes }) => deletes)) {
    const sentence =
      "The deployment operation failed, because it was unable to cleanup. Please see https://aka.ms/arm-debug for usage details.";
    return { code: "DeploymentFailedCleanUp", target: id, message: sentence, details };
  }
  const message =
    "At least one resource deployment operation failed. Please list deployment operations for details. " +
    "Please see https://aka.ms/arm-deployment-operations for usage details.";
  return { code: "DeploymentFailed", target: id, message, details };
}

function outputsOf(world: World, deployment: TemplateDeploymentRecord, send: Send) {
  return withAnswers(deployment, send, (runtime) => {
    const template = readTemplate(deployment.template);
    const scope = scopeFor(world, deployment, template, runtime);
    const wanted = Object.entries(template.outputs).filter(
      ([, output]) => output.condition === undefined || evaluate(output.condition, scope) === true,
    );
    return Object.fromEntries(
      wanted.map(([name, output]) => {
        const copy = asObject(output.copy);
        const value = copy
          ? (evaluate({ copy: [{ name: "all", count: copy.count, input: copy.input }] }, scope) as { all: unknown }).all
          : evaluate(output.value, scope);
        return [name, { type: shownType(output), ...(!isSecret(output) && { value }) }];
      }),
    );
  });
}

function pathOf(url: unknown): string | undefined {
  if (typeof url !== "string") return undefined;
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
