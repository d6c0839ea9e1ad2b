import { AzureError } from "../http/azure-error";
import { bodyObject } from "../http/request";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import { readAccountBody, type AccountBody } from "./account-body";
import { accountView, FOUNDRY, shownLocation, stateOf } from "./account-view";
import { findDeleted, restore, softDelete } from "./deleted-accounts";
import { requestConflict } from "./errors";
import { addAccount } from "./new-account";
import { startOperation } from "./operations";
import { ACCOUNT_TYPE, accountId, findAccount, requireAccount, requireGroup, sameName } from "./resources";
import type { ArmCall, Route } from "./route";
import { checkSubdomain } from "./subdomains";

const BASE = "/subscriptions/:subscriptionId";
const IN_GROUP = `${BASE}/resourceGroups/:group/providers/${ACCOUNT_TYPE}`;
const NAME_RULE = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/;

/** Accounts: PUT, GET, lists, PATCH and DELETE (soft). */
export function registerAccounts(route: Route, world: World): void {
  route("GET", `${BASE}/providers/${ACCOUNT_TYPE}`, `${ACCOUNT_TYPE}/read`, () => ({
    value: world.state.accounts.map((account) => accountView(world, account)),
  }));
  route("GET", IN_GROUP, `${ACCOUNT_TYPE}/read`, ({ param }) => {
    const group = requireGroup(world, param("group"));
    const inside = world.state.accounts.filter(({ resourceGroup }) => sameName(resourceGroup, group.name));
    return { value: inside.map((account) => accountView(world, account)) };
  });
  route("GET", `${IN_GROUP}/:account`, `${ACCOUNT_TYPE}/read`, ({ param }) =>
    accountView(world, requireAccount(world, param("group"), param("account"))),
  );
  route("PUT", `${IN_GROUP}/:account`, `${ACCOUNT_TYPE}/write`, (call) => putAccount(world, call));
  route("PATCH", `${IN_GROUP}/:account`, `${ACCOUNT_TYPE}/write`, (call) => {
    const account = requireAccount(world, call.param("group"), call.param("account"));
    const { properties, tags, sku, identity } = readAccountBody(world, bodyObject(call.request));
    checkSettled(world, account);
    checkSubdomain(world, properties.customSubDomainName, account);
    Object.assign(account, { ...(tags && { tags }), ...(sku && { sku }), ...(identity && { identity }) });
    account.properties = { ...account.properties, ...properties };
    return written(world, call, account);
  });
  route("DELETE", `${IN_GROUP}/:account`, `${ACCOUNT_TYPE}/delete`, (call) => deleteAccount(world, call));
}

function putAccount(world: World, call: ArmCall) {
  const group = requireGroup(world, call.param("group"));
  const name = call.param("account");
  const body = readAccountBody(world, bodyObject(call.request));
  const existing = findAccount(world, group.name, name);
  checkProjectIdentity(body.kind ?? existing?.kind, body);
  if (existing) return replaceAccount(world, call, existing, body);
  if (!NAME_RULE.test(name)) {
    const sentence = `Account name '${name}' is invalid: it takes 2 to 64 letters, digits, '_', '.' and '-' and starts with a letter or digit.`;
    throw new AzureError(400, "AccountNameInvalid", sentence);
  }
  if (body.location === undefined)
    throw new AzureError(400, "LocationRequired", "The location property is required for this definition.");
  const id = accountId(world, group.name, name);
  const deleted = findDeleted(world, body.location, group.name, name);
  if (deleted) {
    if (body.properties.restore !== true) {
      const sentence =
        `An existing resource with ID '${deleted.account.id}' has been soft-deleted. To restore the resource, you must specify ` +
        "'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.";
      throw new AzureError(409, "FlagMustBeSetForRestore", sentence);
    }
    const account = restore(world, deleted);
    Object.assign(account, { ...(body.tags && { tags: body.tags }) });
    account.properties = { ...account.properties, ...body.properties };
    return created(world, call, account);
  }
  if (body.properties.restore === true) {
    // Azure's own code for this case is not on record (guess).
    const sentence = `There is no soft-deleted resource with ID '${id}' in location '${body.location}' to restore.`;
    throw new AzureError(400, "CanNotRestoreANonExistingResource", sentence);
  }
  if (body.kind === undefined || body.sku === undefined)
    throw new AzureError(400, "InvalidRequestContent", "The request content was invalid: kind and sku are required.");
  checkSubdomain(world, body.properties.customSubDomainName);
  const { location, locationAsSent, kind, sku } = body;
  const account = addAccount(world, {
    ...body,
    location,
    locationAsSent,
    kind,
    sku,
    name,
    resourceGroup: group.name,
    createdBy: call.caller.appid,
  });
  return created(world, call, account);
}

/** 201, `Creating`, and the operation to follow: as recorded from Azure. */
function created(world: World, call: ArmCall, account: AccountRecord) {
  const headers = startOperation(world, call, shownLocation(account), world.settings.accountSeconds);
  world.save();
  void call.reply.code(201).headers(headers);
  return accountView(world, account, "Creating");
}

function replaceAccount(world: World, call: ArmCall, account: AccountRecord, body: AccountBody) {
  if (body.location !== undefined && body.location !== account.location) {
    const sentence =
      `The resource '${account.name}' already exists in location '${shownLocation(account)}' in resource group ` +
      `'${account.resourceGroup}'. A resource with the same name cannot be created in location '${body.location}'. ` +
      "Please select a new resource name.";
    throw new AzureError(409, "InvalidResourceLocation", sentence);
  }
  checkSettled(world, account);
  checkSubdomain(world, body.properties.customSubDomainName, account);
  account.kind = body.kind ?? account.kind;
  account.sku = body.sku ?? account.sku;
  account.tags = body.tags;
  account.identity = body.identity;
  // A full body: what it leaves out goes back to its default, except the subdomain, which can't be taken away.
  const { customSubDomainName } = account.properties;
  account.properties = { ...(customSubDomainName && { customSubDomainName }), ...body.properties };
  return written(world, call, account);
}

function written(world: World, call: ArmCall, account: AccountRecord) {
  account.updatedAt = world.clock.now();
  account.updatedBy = call.caller.appid;
  world.save();
  return accountView(world, account);
}

function deleteAccount(world: World, { reply, param }: ArmCall) {
  requireGroup(world, param("group"));
  const account = findAccount(world, param("group"), param("account"));
  if (!account) return reply.code(204).send();
  checkSettled(world, account);
  // Of projects: guess.
  const below = { deployments: account.deployments, projects: account.projects ?? [] };
  const inside = Object.entries(below).flatMap(([type, list]) => list.map(({ name }) => `${type}/${name}`));
  if (inside.length > 0) {
    const nested = inside.map((path) => `'${account.id}/${path}'`).join(", ");
    const sentence =
      `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: ${nested}. ` +
      "Please delete all nested resources before deleting this resource.";
    throw new AzureError(409, "CannotDeleteResource", sentence);
  }
  softDelete(world, account);
  world.save();
  return reply.code(200).send();
}

/** Documented: project management needs an identity. Code and text are guesses. @throws AzureError 400 */
function checkProjectIdentity(kind: string | undefined, { identity, properties }: AccountBody): void {
  if (kind !== FOUNDRY || properties.allowProjectManagement !== true || identity) return;
  const sentence = "Project management needs a managed identity: the identity property is required.";
  throw new AzureError(400, "InvalidRequestContent", sentence);
}

/** @throws AzureError while the account itself is being created */
function checkSettled(world: Pick<World, "clock">, account: AccountRecord): void {
  if (stateOf(world, account) !== "Succeeded") throw requestConflict(account.id);
}
