import { AzureError } from "../http/azure-error";
import type { World } from "../world/world";
import { deploymentView } from "./deployment-view";
import { notFound } from "./errors";
import { ACCOUNT_TYPE, findDeployment, requireAccount } from "./resources";
import type { Route } from "./route";

const TYPE = `${ACCOUNT_TYPE}/deployments`;
const ONE = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account/deployments/:deployment`;
/** Documented: the SKUs that can be paused. */
const PAUSABLE = ["Standard", "DataZoneStandard", "GlobalStandard"];

/** `POST .../pause` and `.../resume`: a paused deployment keeps its quota and answers inference with 423 (documented). Both can be repeated. */
export function registerPause(route: Route, world: World): void {
  for (const [path, paused] of [
    ["pause", true],
    ["resume", false],
  ] as const) {
    route("POST", `${ONE}/${path}`, `${TYPE}/${path}/action`, ({ param, caller }) => {
      const account = requireAccount(world, param("group"), param("account"));
      const deployment = findDeployment(account, param("deployment"));
      if (!deployment) {
        throw notFound.resource(
          ACCOUNT_TYPE,
          `${account.name}/deployments/${param("deployment")}`,
          account.resourceGroup,
        );
      }
      if (!PAUSABLE.includes(deployment.sku.name)) {
        // Code and text: guess.
        const sentence = `The SKU '${deployment.sku.name}' does not support pause and resume; these do: ${PAUSABLE.join(", ")}.`;
        throw new AzureError(400, "OperationNotSupported", sentence);
      }
      deployment.paused = paused;
      deployment.updatedAt = world.clock.now();
      deployment.updatedBy = caller.appid;
      world.save();
      return deploymentView(world, account, deployment);
    });
  }
}
