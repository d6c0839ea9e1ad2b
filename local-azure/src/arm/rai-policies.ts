import { AzureError } from "../http/azure-error";
import { bodyObject } from "../http/request";
import type { AccountRecord, RaiPolicyRecord } from "../world/state";
import type { World } from "../world/world";
import { invalidRequestContent, notFound } from "./errors";
import { startOperation } from "./operations";
import { checkBody } from "./request-bodies/check";
import { ACCOUNT_TYPE, requireAccount, sameName, systemData } from "./resources";
import type { ArmCall, Route } from "./route";
import { systemPolicies } from "./system-policies";
import { readTags } from "./tags";

const TYPE = `${ACCOUNT_TYPE}/raiPolicies`;
const BASE = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account/raiPolicies`;

/** Content filters of an account: those of the service, and its own, which are kept and shown but filter nothing. */
export function registerRaiPolicies(route: Route, world: World): void {
  route("GET", BASE, `${TYPE}/read`, (call) => {
    const account = requireAccount(world, call.param("group"), call.param("account"));
    const system = Object.keys(systemPolicies).map((name) => systemView(account, name));
    return { value: [...system, ...(account.raiPolicies ?? []).map((policy) => view(account, policy))] };
  });
  route("GET", `${BASE}/:policy`, `${TYPE}/read`, (call) => {
    const account = requireAccount(world, call.param("group"), call.param("account"));
    const system = systemName(call.param("policy"));
    if (system !== undefined) return systemView(account, system);
    const policy = find(account, call.param("policy"));
    if (!policy) {
      throw notFound.resource(
        ACCOUNT_TYPE,
        `${account.name}/raiPolicies/${call.param("policy")}`,
        account.resourceGroup,
      );
    }
    return view(account, policy);
  });
  route("PUT", `${BASE}/:policy`, `${TYPE}/write`, (call) => putPolicy(world, call));
  route("DELETE", `${BASE}/:policy`, `${TYPE}/delete`, (call) => {
    const account = requireAccount(world, call.param("group"), call.param("account"));
    refuseSystem(call.param("policy"));
    const policy = find(account, call.param("policy"));
    if (!policy) return call.reply.code(204).send();
    refuseInUse(account, policy);
    account.raiPolicies = account.raiPolicies?.filter((other) => other !== policy);
    const headers = startOperation(world, call, account.location, 0);
    world.save();
    return call.reply
      .code(202)
      .headers({ ...headers, location: headers["azure-asyncoperation"] })
      .send();
  });
}

function putPolicy(world: World, call: ArmCall) {
  const account = requireAccount(world, call.param("group"), call.param("account"));
  refuseSystem(call.param("policy"));
  const body = checkBody("raiPolicy", bodyObject(call.request));
  const properties = (body.properties ?? {}) as RaiPolicyRecord["properties"];
  const base = properties.basePolicyName;
  if (base !== undefined && systemName(base) === undefined && !find(account, base))
    throw invalidRequestContent(`properties.basePolicyName is not a policy of the account: '${base}'.`);
  const now = world.clock.now();
  const by = call.caller.appid;
  const existing = find(account, call.param("policy"));
  const policy: RaiPolicyRecord = {
    name: existing?.name ?? call.param("policy"),
    properties,
    tags: readTags(body.tags),
    createdAt: existing?.createdAt ?? now,
    createdBy: existing?.createdBy ?? by,
    updatedAt: now,
    updatedBy: by,
  };
  account.raiPolicies = [...(account.raiPolicies ?? []).filter((other) => other !== existing), policy];
  world.save();
  void call.reply.code(existing ? 200 : 201);
  return view(account, policy);
}

function find(account: AccountRecord, name: string): RaiPolicyRecord | undefined {
  return account.raiPolicies?.find((policy) => sameName(policy.name, name));
}

function systemName(name: string): string | undefined {
  return Object.keys(systemPolicies).find((known) => sameName(known, name));
}

/** That the service's own can't be written is documented; code and text are guesses. */
function refuseSystem(name: string): void {
  if (systemName(name) === undefined) return;
  throw new AzureError(
    400,
    "InvalidResourceProperties",
    `The policy '${name}' is managed by the system and can't be changed.`,
  );
}

/** That a policy stays while a deployment refers to it, and how Azure says so, are guesses. */
function refuseInUse(account: AccountRecord, policy: RaiPolicyRecord): void {
  const user = account.deployments.find(({ properties }) => {
    const used = properties?.raiPolicyName;
    return typeof used === "string" && sameName(used, policy.name);
  });
  if (!user) return;
  throw new AzureError(
    400,
    "InvalidResourceProperties",
    `The policy '${policy.name}' can't be deleted: the deployment '${user.name}' uses it.`,
  );
}

function view(account: AccountRecord, policy: RaiPolicyRecord) {
  return {
    id: `${account.id}/raiPolicies/${policy.name}`,
    name: policy.name,
    type: TYPE,
    ...(policy.tags && { tags: policy.tags }),
    systemData: systemData(policy),
    properties: { ...policy.properties, type: "UserManaged" },
  };
}

function systemView(account: AccountRecord, name: string) {
  const properties = { ...systemPolicies[name], type: "SystemManaged" };
  return { id: `${account.id}/raiPolicies/${name}`, name, type: TYPE, properties };
}
