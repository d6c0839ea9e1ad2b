import { AzureError } from "../http/azure-error";
import { deploymentPhase } from "../course/deployment-course";
import { blockedBySafety, DEPLOYMENT_FAILED, takeDeploymentFault } from "../faults/deployment-fault";
import { bodyObject } from "../http/request";
import { findBaseModel } from "../models/find-model";
import type { AccountRecord, DeploymentRecord } from "../world/state";
import type { World } from "../world/world";
import { shownLocation, stateOf } from "./account-view";
import { readDeploymentBody, readSku, type DeploymentBody } from "./deployment-body";
import { requireDeployable, type DeployableModel } from "./deployable-model";
import { deploymentView } from "./deployment-view";
import { notFound, requestConflict } from "./errors";
import { availableUses } from "./models";
import { startOperation } from "./operations";
import {
  capacityLimits,
  freeQuota,
  provisionedUnits,
  quotaName,
  requireQuota,
  sharesQuota,
  TUNED_DEPLOYMENTS,
  tunedDeployments,
} from "./quota";
import { ACCOUNT_TYPE, accountId, findAccount, findDeployment, requireGroup } from "./resources";
import { checkBody } from "./request-bodies/check";
import type { ArmCall, Route } from "./route";
import { readTags } from "./tags";

const TYPE = `${ACCOUNT_TYPE}/deployments`;
const BASE = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account/deployments`;
const NAME_RULE = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/;
/** Quotas page, 2026-02: per resource. */
const MAX_FINE_TUNED = 10;
const MAX_STANDARD = 32;

/** Deployments: PUT, GET, list, PATCH and DELETE. */
export function registerDeployments(route: Route, world: World): void {
  route("GET", BASE, `${TYPE}/read`, (call) => {
    const account = parentOf(world, call, "read");
    return { value: account.deployments.map((deployment) => deploymentView(world, account, deployment)) };
  });
  route("GET", `${BASE}/:deployment`, `${TYPE}/read`, (call) => {
    const account = parentOf(world, call, "read");
    return deploymentView(world, account, requireDeployment(account, call));
  });
  route("GET", `${BASE}/:deployment/skus`, `${TYPE}/skus/read`, (call) => {
    const account = parentOf(world, call, "read");
    const { model, fineTuned, sku } = requireDeployment(account, call);
    const base = findBaseModel(model.name.split(".ft-")[0]!);
    const uses = base ? availableUses(base, account.location, fineTuned) : [];
    return {
      value: uses.map((use) => ({
        resourceType: TYPE,
        sku: { name: use.sku, capacity: sku.capacity },
        capacity: capacityLimits(use),
      })),
    };
  });
  route("PUT", `${BASE}/:deployment`, `${TYPE}/write`, (call) => putDeployment(world, call));
  route("PATCH", `${BASE}/:deployment`, `${TYPE}/write`, (call) => patchDeployment(world, call));
  route("DELETE", `${BASE}/:deployment`, `${TYPE}/delete`, (call) => {
    const account = parentOf(world, call, "delete");
    const deployment = findDeployment(account, call.param("deployment"));
    if (!deployment) return call.reply.code(204).send();
    checkFree(world, account);
    account.deployments = account.deployments.filter((other) => other !== deployment);
    freeQuota(world, account, deployment);
    world.save();
    return call.reply.code(200).send();
  });
}

function putDeployment(world: World, call: ArmCall) {
  const account = parentOf(world, call, "write");
  const name = call.param("deployment");
  if (!NAME_RULE.test(name)) {
    const sentence = `Deployment name '${name}' is invalid: it takes 2 to 64 letters, digits, '_', '.' and '-' and starts with a letter or digit.`;
    throw new AzureError(400, "InvalidResourceName", sentence);
  }
  const body = readDeploymentBody(bodyObject(call.request), call.request.query["api-version"] ?? "");
  checkFree(world, account);
  const existing = findDeployment(account, name);
  const model = requireDeployable(world, account, call.caller, body);
  return existing
    ? changeDeployment(world, call, account, existing, body, model)
    : addDeployment(world, call, account, body, model);
}

function addDeployment(
  world: World,
  call: ArmCall,
  account: AccountRecord,
  body: DeploymentBody,
  model: DeployableModel,
) {
  checkCount(account, model);
  checkRegion(world, account.location, body.sku.name, model);
  checkUnits(body.sku, model);
  const use = { sku: body.sku.name, model: model.family, fineTuned: model.fineTuned };
  requireQuota(world, account.location, use, body.sku.capacity);
  const now = world.clock.now();
  const deployment: DeploymentRecord = {
    name: call.param("deployment"),
    fineTuned: model.fineTuned,
    quota: quotaName(use),
    sku: body.sku,
    model: { ...body.model, version: body.model.version ?? model.version },
    properties: body.properties,
    tags: body.tags,
    createdAt: now,
    updatedAt: now,
    createdBy: call.caller.appid,
    updatedBy: call.caller.appid,
    ...outcome(world, account, model),
    lastUsedAt: 0,
  };
  account.deployments.push(deployment);
  return deployed(world, call, account, deployment, 201, true);
}

function changeDeployment(
  world: World,
  call: ArmCall,
  account: AccountRecord,
  deployment: DeploymentRecord,
  body: DeploymentBody,
  model: DeployableModel,
) {
  const version = body.model.version ?? model.version;
  const { format, name } = body.model;
  const was = deployment.model;
  const otherModel = was.format !== format || was.name !== name || was.version !== version;
  if (otherModel && !world.settings.allowModelChange) {
    const sentence = "The model of deployment cannot be changed.";
    throw new AzureError(400, "CannotChangeDeploymentModel", sentence);
  }
  checkUnits(body.sku, model);
  const use = { sku: body.sku.name, model: model.family, fineTuned: model.fineTuned };
  const more = body.sku.capacity - (deployment.quota === quotaName(use) ? deployment.sku.capacity : 0);
  if (more > 0) requireQuota(world, account.location, use, more);
  deployment.sku = body.sku;
  deployment.quota = quotaName(use);
  deployment.properties = body.properties;
  deployment.tags = body.tags;
  deployment.fineTuned = model.fineTuned;
  deployment.model = { ...body.model, version };
  // A failed deployment is tried again by the same PUT (guess).
  const starts = otherModel || deployment.failed === true;
  if (starts) Object.assign(deployment, outcome(world, account, model));
  deployment.updatedAt = world.clock.now();
  deployment.updatedBy = call.caller.appid;
  return deployed(world, call, account, deployment, 200, starts);
}

function patchDeployment(world: World, call: ArmCall) {
  const account = parentOf(world, call, "write");
  const deployment = requireDeployment(account, call);
  checkFree(world, account);
  const { sku, tags } = checkBody("deployment", bodyObject(call.request));
  if (sku !== undefined) {
    const wanted = readSku({ name: deployment.sku.name, ...(sku as object) });
    const base = findBaseModel(deployment.model.name.split(".ft-")[0]!);
    const use = { sku: wanted.name, model: base?.name ?? deployment.model.name, fineTuned: deployment.fineTuned };
    checkUnits(wanted, { family: use.model, fineTuned: use.fineTuned });
    const more = wanted.capacity - deployment.sku.capacity;
    if (more > 0) requireQuota(world, account.location, use, more);
    deployment.sku = wanted;
    deployment.quota = quotaName(use);
  }
  deployment.tags = readTags(tags) ?? deployment.tags;
  deployment.updatedAt = world.clock.now();
  deployment.updatedBy = call.caller.appid;
  return deployed(world, call, account, deployment, 200, false);
}

/**
 * Base models are there at once, as recorded. A fine-tuned one takes its time; how Azure lets clients follow that is
 * not on record, so it is done as for accounts (guess): `Creating` and an operation.
 */
function deployed(
  world: World,
  call: ArmCall,
  account: AccountRecord,
  deployment: DeploymentRecord,
  status: 200 | 201,
  starts: boolean,
) {
  const asynchronous = starts && deployment.fineTuned;
  if (asynchronous) {
    const { deploymentSeconds } = world.settings;
    const error = deployment.failed ? DEPLOYMENT_FAILED : undefined;
    void call.reply.headers(startOperation(world, call, shownLocation(account), deploymentSeconds, error));
  }
  world.save();
  void call.reply.code(status);
  return deploymentView(world, account, deployment, asynchronous ? "Creating" : "Succeeded");
}

/** Base models are there at once; a fine-tuned one takes its time, or meets the outcome that a test has asked for. */
function outcome(
  world: Pick<World, "clock" | "settings">,
  account: AccountRecord,
  { fineTuned }: DeployableModel,
): Pick<DeploymentRecord, "readyAt" | "servingAt" | "failed"> {
  const now = world.clock.now();
  if (!fineTuned) return { readyAt: now, servingAt: now };
  const fault = takeDeploymentFault(account);
  if (fault?.outcome === "content-safety") throw blockedBySafety();
  const { deploymentSeconds, deploymentWarmupSeconds } = world.settings;
  const readyAt = now + deploymentSeconds * 1000;
  const warmup = fault?.outcome === "not-ready" ? fault.seconds : deploymentWarmupSeconds;
  return { readyAt, servingAt: readyAt + warmup * 1000, failed: fault?.outcome === "fail" ? true : undefined };
}

/** @throws AzureError RequestConflict while another deployment of the account is being written */
function checkFree(world: Pick<World, "clock">, account: AccountRecord): void {
  if (account.deployments.some((deployment) => deploymentPhase(world, deployment).provisioningState === "Creating"))
    throw requestConflict(account.id);
}

function checkCount(account: AccountRecord, { fineTuned }: DeployableModel): void {
  const limit = fineTuned ? MAX_FINE_TUNED : MAX_STANDARD;
  if (account.deployments.filter((deployment) => deployment.fineTuned === fineTuned).length >= limit) {
    // The limits are documented, Azure's code and text for them are not (guess).
    const kind = fineTuned ? "fine-tuned models" : "models";
    const sentence = `The account has reached its limit of ${limit} deployments of ${kind}. Delete one first.`;
    throw new AzureError(400, "QuotaExceeded", sentence);
  }
}

/** Code and text: guess. */
function checkRegion(world: Pick<World, "state">, location: string, sku: string, { fineTuned }: DeployableModel): void {
  const { name, limit } = TUNED_DEPLOYMENTS;
  if (fineTuned && !sharesQuota(sku) && tunedDeployments(world, location) >= limit) {
    const sentence = `This operation require 1 new capacity in quota ${name}, which is bigger than the current available capacity 0. The current quota usage is ${limit} and the quota limit is ${limit} for quota ${name}.`;
    throw new AzureError(400, "InsufficientQuota", sentence);
  }
}

/** That Azure refuses other amounts is documented, its codes and texts are a guess. */
function checkUnits(
  { name, capacity }: DeploymentBody["sku"],
  { family, fineTuned }: Pick<DeployableModel, "family" | "fineTuned">,
): void {
  const { maximum } = capacityLimits({ sku: name, model: family, fineTuned });
  if (capacity > maximum) {
    const sentence = `The capacity '${capacity}' of account deployment is not valid for the SKU '${name}': it must be at most ${maximum}.`;
    throw new AzureError(400, "InvalidResourceProperties", sentence);
  }
  const units = provisionedUnits(name, family);
  if (units !== undefined && capacity % units !== 0) {
    const sentence = `The capacity '${capacity}' of account deployment is not valid for the SKU '${name}': it must be a multiple of ${units}, from ${units}.`;
    throw new AzureError(400, "InvalidResourceProperties", sentence);
  }
}

function parentOf(
  world: Pick<World, "clock" | "state">,
  call: ArmCall,
  verb: "read" | "write" | "delete",
): AccountRecord {
  const group = requireGroup(world, call.param("group"));
  const name = call.param("account");
  const account = findAccount(world, group.name, name);
  if (!account) throw notFound.parent(accountId(world, group.name, name), "accounts/deployments", verb);
  if (verb === "write" && stateOf(world, account) !== "Succeeded") {
    // Text as reported; its HTTP status for this operation is a guess.
    const sentence = `Call to Microsoft.CognitiveServices/accounts failed. Error message: Account ${account.id} in state Accepted`;
    throw new AzureError(400, "AccountProvisioningStateInvalid", sentence);
  }
  return account;
}

function requireDeployment(account: AccountRecord, { param }: ArmCall): DeploymentRecord {
  const deployment = findDeployment(account, param("deployment"));
  if (!deployment)
    throw notFound.resource(ACCOUNT_TYPE, `${account.name}/deployments/${param("deployment")}`, account.resourceGroup);
  return deployment;
}
