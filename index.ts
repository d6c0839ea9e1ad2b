import type * as pulumi from "@pulumi/pulumi";
import { BILL_UNKNOWN } from "./azure-openai/billed-tokens";
import {
  type AccountAddition,
  ContentFilter,
  Diagnostics,
  ExistingAccount,
  FineTunedModel,
  ModelDeployment,
  OpenAiAccount,
  PrivateEndpoint,
  PromotedModel,
  RoleAssignments,
} from "./components";
import { FOUNDRY } from "./catalog";
import {
  existingProject,
  kindAfter,
  liveAccount,
  noteKind,
  refuseProject,
  refuseUnsupported,
  refuseUpgrade,
} from "./program/account-kind";
import { applyTransforms } from "./program/load-transforms";
import { note } from "./program/note";
import { promotedVersion } from "./program/promoted-version";
import { reachableFrom, type Reach } from "./program/reachable-from";
import { currentSubscription, requireResourceGroup, roleHolders } from "./program/signed-in";
import { stackProgram } from "./program/stack-program";
import {
  baseModelDeployment,
  defaultAccountName,
  defaultDeploymentName,
  inAccount,
  readConfig,
  type StackConfig,
  subdomainOf,
  withPromoted,
} from "./config";
import { AccountKeys } from "./dynamic-providers/account-keys/resource";
import type { ModelVersion } from "./dynamic-providers/model-versions/schema";
import { switchMode } from "./dynamic-providers/runtime/switch-modes";

/** From dataset to chat answer, in the order of the work. What it returns are the stack's outputs. */
async function pipeline() {
  const settings = readConfig();
  applyTransforms(settings.transform);
  const { account, additions, config, projectEndpoint } = settings.account.existing
    ? await existingAccount(settings)
    : await ownAccount(settings);
  const { accountId, accountName, resourceGroupName, subscriptionId, location } = account;
  const { stack } = config;

  const roles = config.roles.manage
    ? [
        new RoleAssignments("roles", {
          account,
          stack,
          ...(await roleHolders(config.roles.principals)),
          usagesReader: config.roles.usagesReader,
        }),
      ]
    : [];
  const access = [...roles, ...additions];
  const keys = config.localAuth
    ? new AccountKeys("openai-keys", { accountId, location, rotation: config.keys.rotation }, { dependsOn: access })
    : undefined;

  const { model, served, outputs } = await modelOf(config, account, access);
  const baseModel = baseModelDeployment(served);
  const serving = served.deploy.enabled
    ? new ModelDeployment("serving", {
        ...served.deploy,
        account,
        model,
        deploymentName: nameOf(served),
        probe: served.probe,
        baseModel,
        access,
      })
    : undefined;

  return {
    AZURE_OPENAI_ENDPOINT: account.endpoint,
    // What the clients of the samples read beside the endpoint: the name to ask for, not the model's.
    ...(serving && { AZURE_OPENAI_DEPLOYMENT: serving.deploymentName }),
    // An output that is there, but undefined, makes Pulumi warn at each run.
    ...(keys && { AZURE_OPENAI_API_KEY: keys.primary, AZURE_OPENAI_API_KEY_2: keys.secondary }),
    ...(projectEndpoint !== undefined && { AZURE_AI_PROJECT_ENDPOINT: projectEndpoint }),
    subscriptionId,
    resourceGroupName,
    accountName,
    // What serves; the job, losses and lineage among the others are of the newest training, which may have been rejected or set back.
    fineTunedModel: model.fineTunedModel,
    servingJobId: model.versions.versions.apply(servingJob),
    ...outputs,
    // What another stack reads that promotes one of them.
    versions: model.versions.versions,
    ...(serving && {
      deploymentName: serving.deploymentName,
      ...(baseModel && { baseModelDeploymentName: baseModel.name }),
      probeQuestion: served.probe.question,
      probeAnswer: serving.probe.answer,
    }),
  };
}

type Account = Awaited<ReturnType<typeof ownAccount>>["account"] | ExistingAccount;

/** The model that this stack trains, or that another one has trained; `served`: the settings of its deployment. */
async function modelOf(config: StackConfig, account: Account, access: pulumi.Resource[]) {
  const { stack, version } = config.promote;
  if (stack === undefined) return trainedModel(config, account, access);
  const { retain, budget, catalogFile } = config;
  const evaluation = evaluationOf(config);
  const from = { stack, version };
  const promoted = await promotedVersion("finetune-source", from);
  const served = withPromoted(config, promoted.base);
  const placed = { name: nameOf(served), takesPlaceOf: placeOf(served), baseModel: baseModelDeployment(served) };
  const deploy = { ...served.deploy, ...placed };
  const args = { from, account, access, deploy, evaluation, retain, budget, catalogFile };
  const model = new PromotedModel("finetune", args, promoted);
  const { promotedFrom, jobId } = promoted;
  const outputs = {
    ...{ jobId, promotedFrom, costEstimate: model.estimate, lineage: model.lineage },
    ...(model.evaluation && { evaluation: model.evaluation.summary }),
  };
  return { model, served, outputs };
}

function trainedModel(config: StackConfig, account: Account, access: pulumi.Resource[]) {
  const placed = { name: nameOf(config), takesPlaceOf: placeOf(config) };
  const model = new FineTunedModel("finetune", {
    ...config,
    deploy: { ...config.deploy, ...placed, baseModel: baseModelDeployment(config) },
    evaluation: evaluationOf(config),
    account,
    access,
  });
  const outputs = {
    jobId: model.job.jobId,
    dataset: model.statistics,
    costEstimate: model.estimate,
    trainedTokens: model.trained.trainedTokens,
    billedTokens: model.trained.billedTokens.apply((tokens) => tokens ?? BILL_UNKNOWN),
    trainingLoss: model.trained.trainingLoss,
    validationLoss: model.trained.validationLoss,
    ...(config.method === "reinforcement" && {
      trainingReward: model.trained.trainingReward,
      validationReward: model.trained.validationReward,
    }),
    lineage: model.lineage,
    ...(model.evaluation && { evaluation: model.evaluation.summary }),
  };
  return { model, served: config, outputs };
}

/** Undefined where nothing is evaluated. */
function evaluationOf({ evaluation, probe }: StackConfig) {
  return evaluation.enabled ? { ...evaluation, waitMinutes: probe.waitMinutes } : undefined;
}

/** The job that made the model that serves; empty while none does, and where a run leaves the register out (`--target`). */
function servingJob(versions: ModelVersion[] | undefined): string {
  return versions?.find(({ status }) => status === "serving")?.jobId ?? "";
}

/** Name of the deployment, or the start of it. */
function nameOf({ deploy, model }: StackConfig): string {
  return deploy.name ?? defaultDeploymentName(model);
}

/**
 * The deployment that a new one takes the place of. Under a name of its own it comes beside the old one, which stays until the new one is proved: nothing is
 * released before.
 */
function placeOf(config: StackConfig): string | undefined {
  return switchMode(config.deploy.switch).namePerModel ? undefined : nameOf(config);
}

/** The account that the stack creates, and deletes at its end. */
async function ownAccount(config: StackConfig) {
  const { resourceGroupName, location, stack, project } = config;
  const subscriptionId = await currentSubscription();
  await requireResourceGroup(resourceGroupName, subscriptionId);
  const accountName =
    config.account.name ?? defaultAccountName({ subscriptionId, resourceGroupName, location, project, stack });

  const live = await liveAccount(resourceGroupName, accountName);
  const { kind } = config.account;
  if (kindAfter(live, kind) === FOUNDRY) {
    refuseUnsupported(accountName, config.integrations);
    refuseUpgrade(accountName, live);
  }
  refuseProject(accountName, kindAfter(live, kind), config.account.project);
  await noteKind(accountName, live, kind);
  const account = new OpenAiAccount("openai", {
    subscriptionId,
    resourceGroupName,
    location,
    accountName,
    subdomain: subdomainOf(accountName),
    sku: config.account.sku,
    protect: config.account.protect || undefined,
    tags: config.tags,
    localAuth: config.localAuth,
    network: config.network,
    identity: config.identity,
    encryption: config.encryption,
    transformed: config.transform !== undefined,
    kind,
    project: config.account.project,
    upgraded: live?.kind === FOUNDRY ? live : undefined,
    keep: config.retain.model || config.retain.files || (config.existingJobId !== undefined && config.retain.adopted),
  });
  return { account, ...additionsTo(account, inAccount(config, account)), projectEndpoint: account.projectEndpoint };
}

/** What the settings put beside the stack's own account, and the settings with what comes of it. */
function additionsTo(
  account: OpenAiAccount,
  config: StackConfig,
): { additions: AccountAddition[]; config: StackConfig } {
  const { contentFilter, diagnostics, tags, deploy } = config;
  const { privateEndpoint, publicNetworkAccess, networkAcls } = config.network;
  tellReach(account, { publicNetworkAccess, networkAcls, privateEndpoint });
  const additions: AccountAddition[] = [];
  if (privateEndpoint) additions.push(new PrivateEndpoint("endpoint", { account, ...privateEndpoint, tags }));
  if (diagnostics) {
    const { workspaceId = "", categories } = diagnostics;
    additions.push(new Diagnostics("diagnostics", { account, workspaceId, categories }));
  }
  if (!contentFilter) return { additions, config };
  const { name: policyName, ...filter } = contentFilter;
  const made = new ContentFilter("filter", { account, policyName, ...filter, tags });
  additions.push(made);
  return { additions, config: { ...config, deploy: { ...deploy, raiPolicyName: made.policyName } } };
}

/** One line about from where this run must come, if that matters. */
function tellReach({ accountName }: Account, reach: Reach): void {
  const line = reachableFrom(accountName, reach);
  if (line !== undefined) void note(line);
}

/** The account that is there without the stack; what it is decides what the other settings can be. */
async function existingAccount(config: StackConfig) {
  const names = {
    subscriptionId: await currentSubscription(),
    resourceGroupName: config.account.resourceGroupName ?? config.resourceGroupName,
    accountName: config.account.name!,
  };
  const account = await ExistingAccount.find("openai", {
    ...names,
    location: config.location || undefined,
    kind: config.account.kind,
    rolesManaged: config.roles.manage,
    readsKeys: config.localAuth,
  });
  tellReach(account, account.reach);
  if (account.kind === FOUNDRY) refuseUnsupported(account.accountName, config.integrations);
  const { project } = config.account;
  refuseProject(account.accountName, account.kind, project);
  const projectEndpoint = project
    ? await existingProject(account.resourceGroupName, account.accountName, project)
    : undefined;
  return { account, additions: [], config: inAccount(config, account), projectEndpoint };
}

export = stackProgram(pipeline);
