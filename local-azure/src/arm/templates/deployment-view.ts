import type { PlannedResource, TemplateDeploymentRecord } from "../../world/state";
import { isoTime } from "../resources";
import { isRunning } from "./run/advance";
import { DEPLOYMENT_TYPE } from "./template/nested";
import { isSecret, shownType } from "./template/parameters";
import { readTemplate } from "./template/read";

export function provisioningState(deployment: TemplateDeploymentRecord): string {
  if (isRunning(deployment)) return "Running";
  if (deployment.error) return "Failed";
  return deployment.canceled === true ? "Canceled" : "Succeeded";
}

/** A deployment as Resource Manager shows it: values of secure parameters and outputs are left out. */
export function deploymentView(deployment: TemplateDeploymentRecord) {
  const { id, name, location, tags, outputs, error, correlationId } = deployment;
  const { startedAt, endedAt = startedAt } = deployment;
  const made = deployment.resources.filter(({ state }) => state === "succeeded" || state === "existing");
  return {
    id,
    name,
    type: DEPLOYMENT_TYPE,
    ...(location !== undefined && { location }),
    ...(tags && { tags }),
    properties: {
      parameters: shownParameters(deployment),
      mode: deployment.complete ? "Complete" : "Incremental",
      provisioningState: provisioningState(deployment),
      timestamp: isoTime(endedAt),
      duration: `PT${(endedAt - startedAt) / 1000}S`,
      correlationId,
      providers: providersOf(deployment.resources),
      dependencies: dependenciesOf(deployment.resources),
      ...(outputs && { outputs }),
      ...(!isRunning(deployment) && !error && { outputResources: made.filter(isMade).map((one) => ({ id: one.id })) }),
      ...(error && { error }),
    },
  };
}

function isMade({ state, deletes }: PlannedResource): boolean {
  return state === "succeeded" && !deletes;
}

function shownParameters({ template, parameters }: TemplateDeploymentRecord) {
  const declared = readTemplate(template).parameters;
  return Object.fromEntries(
    Object.entries(declared).map(([name, declaration]) => [
      name,
      {
        type: shownType(declaration),
        ...(!isSecret(declaration) && name in parameters && { value: parameters[name] }),
      },
    ]),
  );
}

function providersOf(resources: PlannedResource[]) {
  const types = [...new Set(resources.map(({ type }) => type))];
  const namespaces = [...new Set(types.map((type) => type.split("/")[0]!))];
  return namespaces.map((namespace) => ({
    namespace,
    resourceTypes: types
      .filter((type) => type.startsWith(`${namespace}/`))
      .map((type) => ({ resourceType: type.slice(namespace.length + 1), locations: [null] })),
  }));
}

function dependenciesOf(resources: PlannedResource[]) {
  const brief = ({ id, type, name }: PlannedResource) => ({ id, resourceType: type, resourceName: name });
  return resources
    .filter(({ dependsOn }) => dependsOn.length > 0)
    .map((resource) => ({
      dependsOn: resources.filter(({ id }) => resource.dependsOn.includes(id)).map(brief),
      ...brief(resource),
    }));
}

/** One step of a deployment, as `az deployment operation group list` shows it. */
export function operationView(deployment: TemplateDeploymentRecord, resource: PlannedResource, index: number) {
  const { id, type, name, state, status, error, startedAt, endedAt } = resource;
  const operationId = `${deployment.operationId.slice(0, -4)}${String(index).padStart(4, "0")}`;
  const states = { succeeded: "Succeeded", failed: "Failed", running: "Running" } as Record<string, string>;
  return {
    id: `${deployment.id}/operations/${operationId}`,
    operationId,
    properties: {
      provisioningOperation: resource.deletes ? "Delete" : "Create",
      provisioningState: states[state] ?? "Accepted",
      timestamp: isoTime(endedAt ?? startedAt ?? deployment.startedAt),
      duration: `PT${((endedAt ?? startedAt ?? 0) - (startedAt ?? 0)) / 1000}S`,
      ...(status !== undefined && { statusCode: STATUS[status] ?? String(status) }),
      ...(error && { statusMessage: { error } }),
      targetResource: { id, resourceType: type, resourceName: name },
    },
  };
}

/** HTTP's names, as Azure gives them. */
const STATUS: Record<number, string> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  400: "BadRequest",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
};
