import { z } from "zod";
import { element, group, noneIfEmpty, numberIn, oneOf, text, wholeNumber, yesOrNo } from "./schema";

/** The settings that are objects, field by field with their defaults. */

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const minutesOfADay = 24 * 60;
/** Names of accounts (the ARM specification's pattern) and of deployments (as the portal accepts them). */
const resourceName = () =>
  text("2 to 64 of A-Z a-z 0-9 _ . -, the first a letter or digit", /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/);

export const account = group({
  name: resourceName().optional(),
  // Azure OpenAI accounts come in this tier alone.
  sku: oneOf(["S0"]).default("S0"),
  protect: yesOrNo().default(false),
});

const networkAcls = element({
  defaultAction: oneOf(["Allow", "Deny"]),
  bypass: oneOf(["AzureServices", "None"]).optional(),
  ipRules: z.array(text("an IP address or CIDR range"), { error: "a list of addresses" }).default([]),
  virtualNetworkRules: z
    .array(text("the id of a subnet", /^\/subscriptions\//i), { error: "a list of subnet ids" })
    .default([]),
});

export const network = group({
  publicNetworkAccess: oneOf(["Enabled", "Disabled"]).default("Enabled"),
  networkAcls: networkAcls.optional(),
});

export const integration = element({
  type: oneOf(["wandb"]),
  project: text("the name of a project"),
  name: text("the name of a run").optional(),
  entity: text("the name of a team or user").optional(),
  tags: z.array(text("text"), { error: "a list of texts" }).optional(),
});

const sample = { training: "data/training_set.jsonl", validation: "data/validation_set.jsonl" };
const severities = z.record(z.string(), oneOf(["error", "warning", "off"]), { error: "an object of rule codes" });

export const dataset = group({
  training: text("the path of a JSONL file").optional(),
  validation: text("the path of a JSONL file").optional(),
  rules: severities.transform(noneIfEmpty).prefault({}),
}).transform(({ training, validation, rules }) => ({
  training: training ?? sample.training,
  // A training file of one's own is never measured against the sample's validation file.
  validation: validation ?? (training ? undefined : sample.validation),
  rules,
}));

export const training = group({
  waitMinutes: wholeNumber(1, 30 * minutesOfADay).default(300),
  wait: yesOrNo().default(true),
  retry: wholeNumber(0).default(0),
  paused: yesOrNo().default(false),
});

export const deploy = group({
  enabled: yesOrNo().default(true),
  name: resourceName().optional(),
  sku: text("a deployment type such as Standard, GlobalStandard or DeveloperTier", /^[A-Za-z]+$/).default("Standard"),
  capacity: wholeNumber(1).default(1),
  switch: oneOf(["blueGreen", "recreate", "inPlace"]).default("blueGreen"),
  checkpoint: z
    .union([z.literal("last"), z.literal("best"), z.int().min(1)], { error: "last, best or the number of a step" })
    .default("last"),
  gate: group({
    maxValidationLoss: numberIn(0).optional(),
    minTokenAccuracy: numberIn(0, 1, true).optional(),
  }).transform(noneIfEmpty),
  raiPolicyName: text("the name of a content filter").optional(),
  versionUpgradeOption: oneOf([
    "OnceNewDefaultVersionAvailable",
    "OnceCurrentVersionExpired",
    "NoAutoUpgrade",
  ]).optional(),
});

export const budget = group({
  maxTrainingUsd: numberIn(0, Infinity, true).optional(),
  maxHostingUsdPerMonth: numberIn(0, Infinity, true).optional(),
}).transform(noneIfEmpty);

const principal = element({
  id: text("an object id (GUID)", guid),
  type: oneOf(["User", "Group", "ServicePrincipal"]),
});

export const roles = group({
  manage: yesOrNo().default(true),
  principals: z.array(principal, { error: "a list of {id, type}" }).default([]),
  usagesReader: yesOrNo().default(true),
});

export const keys = group({ rotation: wholeNumber(0).default(0) });

export const retain = group({
  model: yesOrNo().default(false),
  files: yesOrNo().default(false),
  adopted: yesOrNo().default(true),
});

export const probe = group({
  systemMessage: text("text").default("The system is an AI teacher that helps people learn about AI"),
  question: text("text").default("What is artificial intelligence?"),
  maxTokens: wholeNumber(1, 16_384).default(200),
  waitMinutes: wholeNumber(1, minutesOfADay).default(30),
});
