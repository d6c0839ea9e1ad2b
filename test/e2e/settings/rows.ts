/** One setting of the table: what a change of it does to the stack that the tests deploy (Pulumi.local.yaml). */
export interface Row {
  /** Path of the setting. */
  setting: string;
  /** The other value. */
  to: unknown;
  /** The value of Pulumi.local.yaml. Default: not set, so the way back removes it. */
  from?: unknown;
  /**
   * What changes, by resource: paths of inputs, or `create` or `delete` for the resource as a whole (the other one on the way back).
   * Default: nothing at all. Two rows of one run never share a path, so that what each does can be told apart.
   */
  claims?: Claims;
  /** Inputs that are recorded when something else changes their resource; alone they change nothing. */
  recorded?: Claims;
}

type Claims = Record<string, string[]>;

/** Nothing comes of these while the model is there: neither a change of a resource nor a request. */
export const withoutEffect: Row[] = [
  { setting: "training.waitMinutes", to: 20, from: 15 },
  { setting: "training.wait", to: false },
  // The job succeeded: a preview asks the service, and says so.
  { setting: "training.retry", to: 1, recorded: { "finetune-job": ["retry"] } },
  { setting: "probe.waitMinutes", to: 7, from: 5, recorded: { "serving-probe": ["waitMinutes"] } },
  { setting: "account.sku", to: "S0" },
  // AIServices can't be taken back: test/e2e/account-kind.test.ts.
  { setting: "account.kind", to: "OpenAI" },
  { setting: "account.protect", to: true },
  // Figures of the model that is there, which meets them.
  { setting: "deploy.gate.maxValidationLoss", to: 50 },
  { setting: "deploy.gate.minTokenAccuracy", to: 0.001 },
];

/** Resources are updated, or a small one comes or goes; nothing is trained, and the deployment stays. */
export const settingsOnly: Row[] = [
  { setting: "tags", to: { team: "platform" }, claims: { "openai-account": ["tags"] } },
  {
    setting: "network.publicNetworkAccess",
    to: "Disabled",
    claims: { "openai-account": ["properties.publicNetworkAccess"] },
  },
  ...Object.entries({ defaultAction: "Allow", bypass: "None", ipRules: ["10.0.0.0/8"], virtualNetworkRules: [] }).map(
    ([name, to]) => ({
      setting: `network.networkAcls.${name}`,
      to,
      claims: { "openai-account": [`properties.networkAcls.${name}`] },
    }),
  ),
  { setting: "suffix", to: "teacher", claims: { "finetune-job": ["suffixBase", "suffix"] } },
  { setting: "metadata", to: { team: "ai" }, claims: { "finetune-job": ["metadata"] } },
  { setting: "integrations", to: [{ type: "wandb", project: "p" }], claims: { "finetune-job": ["integrations"] } },
  { setting: "training.paused", to: true, claims: { "finetune-job": ["paused"] } },
  {
    setting: "dataset.rules",
    to: { "near-duplicate": "off" },
    claims: { "finetune-training-data": ["rules"], "finetune-validation-data": ["rules"] },
  },
  {
    setting: "catalogFile",
    to: "prices.json",
    claims: { "finetune-cost": ["catalogFile", "estimate"], ...forBothDatasets("catalogFile") },
  },
  {
    setting: "deploy.capacity",
    to: 2,
    from: 1,
    claims: {
      "serving-deployment": ["sku.capacity"],
      "serving-preflight": ["capacity"],
      "serving-quota": ["capacity"],
      "finetune-job": ["deployment.capacity"],
      "finetune-versions": ["deployment.capacity"],
    },
  },
  {
    setting: "deploy.sku",
    to: "GlobalStandard",
    from: "Standard",
    claims: {
      "serving-deployment": ["sku.name"],
      "serving-preflight": ["sku"],
      "serving-quota": ["sku"],
      "finetune-job": ["deployment.sku"],
      "finetune-versions": ["deployment.sku"],
      "finetune-cost": ["deploymentSku"],
    },
  },
  {
    setting: "deploy.raiPolicyName",
    to: "Microsoft.Default",
    claims: { "serving-deployment": ["properties.raiPolicyName"] },
  },
  {
    setting: "deploy.versionUpgradeOption",
    to: "NoAutoUpgrade",
    claims: { "serving-deployment": ["properties.versionUpgradeOption"] },
  },
  { setting: "budget.maxTrainingUsd", to: 5000, claims: { "finetune-cost": ["budget.maxTrainingUsd"] } },
  {
    setting: "budget.maxHostingUsdPerMonth",
    to: 5000,
    claims: { "finetune-cost": ["budget.maxHostingUsdPerMonth"] },
  },
  {
    setting: "retain.adopted",
    to: false,
    claims: { "finetune-job": ["retain.adopted"], "finetune-versions": ["retain.adopted"] },
  },
  { setting: "retain.versions", to: 5, claims: { "finetune-versions": ["retain.versions"] } },
  {
    setting: "retain.files",
    to: true,
    claims: {
      "openai-purge": ["keep"],
      "finetune-training-file": ["retain"],
      "finetune-validation-file": ["retain"],
    },
  },
  { setting: "probe.question", to: "What is a token?", claims: { "serving-probe": ["question"] } },
  { setting: "probe.systemMessage", to: "You teach.", claims: { "serving-probe": ["systemMessage"] } },
  { setting: "probe.maxTokens", to: 50, from: 100, claims: { "serving-probe": ["maxTokens"] } },
];

/** Raised alone: a lowered one changes nothing (test/dynamic-providers/account-keys/handler.test.ts). */
export const rotation: Row = { setting: "keys.rotation", to: 1, claims: { "openai-keys": ["rotation"] } };

const assignments = ["openai-contributor", "openai-user", "cognitive-services-contributor", "usages-reader"];

/** What goes away without the deployment. */
export const accessOff: Row[] = [
  {
    setting: "localAuth",
    to: false,
    from: true,
    claims: { "openai-account": ["properties.disableLocalAuth"], "openai-keys": ["delete"] },
  },
  {
    setting: "roles.manage",
    to: false,
    claims: all(["roles", ...assignments.map((name) => `roles-${name}`)], "delete"),
    recorded: all(
      [
        ...["finetune-training-file", "finetune-validation-file", "finetune-job", "finetune-model"],
        ...["finetune-versions", "serving-probe"],
      ],
      "rolesManaged",
    ),
  },
];

export const deploymentOff: Row[] = [
  {
    setting: "deploy.enabled",
    to: false,
    claims: {
      ...all(["serving", "serving-preflight", "serving-quota", "serving-deployment", "serving-probe"], "delete"),
      "finetune-cost": ["deploy", "estimate"],
      "finetune-job": ["deployment"],
      "finetune-versions": ["deployed", "deployment", "versions"],
    },
  },
  {
    setting: "retain.model",
    to: true,
    claims: { "openai-purge": ["keep"], "finetune-job": ["retain.model"], "finetune-versions": ["retain.model"] },
  },
  { setting: "roles.usagesReader", to: false, claims: { "roles-usages-reader": ["delete"] } },
];

/** Roles for another user beside whoever deploys; without `usagesReader` there are three. */
export function roleHolders(deployer: { id: string; type: string }): Row {
  const other = { id: "0bada55e-0000-4000-8000-000000000001", type: "User" };
  const names = assignments.slice(0, 3).map((name) => `roles-${name}-${other.id.slice(0, 8)}`);
  return { setting: "roles.principals", to: [deployer, other], claims: all(names, "create") };
}

function all(resources: string[], ...paths: string[]): Claims {
  return Object.fromEntries(resources.map((resource) => [resource, paths]));
}

function forBothDatasets(...paths: string[]): Record<string, string[]> {
  return { "finetune-training-data": paths, "finetune-validation-data": paths };
}
