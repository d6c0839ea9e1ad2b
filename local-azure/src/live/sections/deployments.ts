import { deploymentPhase, endsAt } from "../../course/deployment-course";
import type { DeploymentRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { DeploymentRow, Rows } from "../shapes";
import { newest } from "./rows";

export function deploymentRows(world: World): Rows<DeploymentRow> {
  const now = world.clock.now();
  const all = world.state.accounts.flatMap(({ name, deployments }) =>
    deployments.filter((deployment) => now < endsAt(deployment)).map((deployment) => ({ name, deployment })),
  );
  return newest(
    all.sort((a, b) => a.deployment.createdAt - b.deployment.createdAt),
    ({ name, deployment }) => row(world, name, deployment),
  );
}

function row(world: World, account: string, deployment: DeploymentRecord): DeploymentRow {
  const { name, model, fineTuned, sku, createdAt } = deployment;
  const end = endsAt(deployment);
  return {
    ...{ account, name, model: model.name, fineTuned, sku: sku.name, capacity: sku.capacity, createdAt },
    ...(model.version !== undefined && { version: model.version }),
    state: stateOf(world, deployment),
    ...(end !== Infinity && { endsAt: end }),
  };
}

function stateOf(world: World, deployment: DeploymentRecord): DeploymentRow["state"] {
  const { provisioningState, serving } = deploymentPhase(world, deployment);
  if (provisioningState !== "Succeeded") return provisioningState;
  if (deployment.paused) return "Paused";
  return serving ? "Succeeded" : "Starting";
}
