import { AzureError } from "../http/azure-error";
import { mayDo } from "../rbac/permissions";
import type { AccessToken } from "../sign-in/tokens";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import type { DeploymentBody } from "./deployment-body";
import { ACCOUNT_TYPE, sameName } from "./resources";

/** Id of an account; the subscription may be any. */
const ACCOUNT_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/]+$/i;

/**
 * The account on which the model of a deployment was tuned, if the request names one: `source`, or `sourceAccount`, which is documented for
 * other tenants, and which this cloud of one tenant takes alike. Documented: one token, with rights on both accounts. Here reading the
 * account is enough [guess]. Of the refusals none is on record: codes and texts are Resource Manager's own for ids in a request [guess].
 *
 * @param target - id of the account that gets the deployment
 * @throws AzureError 400 LinkedInvalidPropertyId, 403 LinkedAuthorizationFailed, 400 InvalidResourceProperties (no such account)
 */
export function sourceAccount(
  world: Pick<World, "clock" | "settings" | "state">,
  caller: AccessToken,
  target: string,
  model: DeploymentBody["model"],
): AccountRecord | undefined {
  const member = model.source !== undefined ? "source" : "sourceAccount";
  const id = model[member];
  if (id === undefined) return undefined;
  if (!ACCOUNT_ID.test(id)) {
    const sentence =
      `Property id '${id}' at path 'properties.model.${member}' is invalid. Expect fully qualified resource Id that start with ` +
      "'/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.";
    throw new AzureError(400, "LinkedInvalidPropertyId", sentence);
  }
  if (!mayDo(world, caller.oid, { action: `${ACCOUNT_TYPE}/read` }, id)) {
    const sentence =
      `The client '${caller.appid}' with object id '${caller.oid}' has permission to perform action ` +
      `'${ACCOUNT_TYPE}/deployments/write' on scope '${target}'; however, it does not have permission to perform action(s) ` +
      `'${ACCOUNT_TYPE}/read' on the linked scope(s) '${id}' (respectively) or the linked scope(s) are invalid.`;
    throw new AzureError(403, "LinkedAuthorizationFailed", sentence);
  }
  const found = world.state.accounts.find((account) => sameName(account.id, id));
  if (!found)
    throw new AzureError(400, "InvalidResourceProperties", `The source account '${id}' of the model was not found.`);
  return found;
}
