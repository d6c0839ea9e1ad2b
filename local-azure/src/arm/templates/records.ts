import { AzureError } from "../../http/azure-error";
import type { PlannedResource, TemplateDeploymentRecord } from "../../world/state";
import type { World } from "../../world/world";
import { groupId, isoTime, requireGroup, sameName } from "../resources";
import type { ArmCall } from "../route";
import { DEPLOYMENT_TYPE } from "./template/nested";

export function stillActive({ name, startedAt }: TemplateDeploymentRecord): AzureError {
  const time = isoTime(startedAt);
  const sentence = `Unable to edit or replace deployment '${name}': previous deployment from '${time}' is still active. Please see https://aka.ms/arm-deploy for usage details.`;
  return new AzureError(409, "DeploymentActive", sentence);
}

export function begun({ resources }: TemplateDeploymentRecord): PlannedResource[] {
  return resources.filter(({ state }) => ["running", "succeeded", "failed"].includes(state));
}

export function allDeployments(world: Pick<World, "state">): TemplateDeploymentRecord[] {
  return world.state.templateDeployments ?? [];
}

/** Id of a resource group, or of the subscription. */
export function scopeId(world: Pick<World, "state">, group: string | undefined): string {
  return group === undefined ? `/subscriptions/${world.state.subscriptionId}` : groupId(world, group);
}

/** Id of the scope that a request names. @throws AzureError ResourceGroupNotFound */
export function scopeOf(world: Pick<World, "state">, { request, param }: ArmCall): string {
  return scopeId(world, request.params.group === undefined ? undefined : requireGroup(world, param("group")).name);
}

export function findDeployment(world: Pick<World, "state">, call: ArmCall): TemplateDeploymentRecord | undefined {
  return deploymentOf(world, `${scopeOf(world, call)}/providers/${DEPLOYMENT_TYPE}/${call.param("deployment")}`);
}

export function deploymentOf(world: Pick<World, "state">, id: string): TemplateDeploymentRecord | undefined {
  return allDeployments(world).find((deployment) => sameName(deployment.id, id));
}

export function requireDeployment(world: Pick<World, "state">, call: ArmCall): TemplateDeploymentRecord {
  const deployment = findDeployment(world, call);
  if (deployment) return deployment;
  throw new AzureError(404, "DeploymentNotFound", `Deployment '${call.param("deployment")}' could not be found.`);
}
