import { AzureError } from "../http/azure-error";
import { bodyObject } from "../http/request";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import { newKey } from "./new-account";
import { ACCOUNT_TYPE, requireAccount } from "./resources";
import type { ArmCall, Route } from "./route";

const ONE = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account`;

/** The two keys of an account: list them, regenerate one of them. */
export function registerAccountKeys(route: Route, world: World): void {
  route("POST", `${ONE}/listKeys`, `${ACCOUNT_TYPE}/listKeys/action`, (call) => keysOf(accountOf(world, call)));
  route("POST", `${ONE}/regenerateKey`, `${ACCOUNT_TYPE}/regenerateKey/action`, (call) => {
    const account = accountOf(world, call);
    const { keyName } = bodyObject(call.request);
    const index = ["key1", "key2"].indexOf(String(keyName).toLowerCase());
    if (index < 0)
      throw new AzureError(400, "InvalidKeyName", `keyName '${String(keyName)}' is invalid: it is Key1 or Key2.`);
    account.keys[index as 0 | 1] = newKey();
    world.save();
    return keysOf(account);
  });
}

function accountOf(world: Pick<World, "state">, { param }: ArmCall): AccountRecord {
  const account = requireAccount(world, param("group"), param("account"));
  if (account.properties.disableLocalAuth === true) {
    const sentence = "Failed to list key. disableLocalAuth is set to be true";
    throw new AzureError(400, "BadRequest", sentence);
  }
  return account;
}

function keysOf({ keys }: AccountRecord): { key1: string; key2: string } {
  return { key1: keys[0], key2: keys[1] };
}
