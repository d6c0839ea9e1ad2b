import { z } from "zod";
import { FILTER_MODES, FILTER_NAMES, SEVERITIES, SOURCES } from "../catalog";
import { defaults } from "../components/defaults";
import { accountKinds } from "../catalog";
import { datasetPath } from "../datasets/sources";
import { switchModeNames, switchModes } from "../dynamic-providers/runtime/switch-modes";
import { privateEndpoint } from "./around-the-account";
import { orList } from "../format/or-list";
import {
  element,
  group,
  noneIfEmpty,
  numberIn,
  numberOrText,
  oneOf,
  text,
  textMap,
  wholeNumber,
  yesOrNo,
} from "./schema";

/**
 * The settings that are objects, field by field: what each may be, its default, what it means, and what it costs where it costs money. The table
 * in README.md is made of them (`npm run settings-table`).
 */

/** An object that the service takes as it is. */
export const payload = z
  .record(z.string(), z.unknown(), { error: "an object in the service's format" })
  .transform(noneIfEmpty);

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const minutesOfADay = 24 * 60;
/** Names of accounts (the ARM specification's pattern) and of deployments (as the portal accepts them). */
const resourceName = () =>
  text("2 to 64 characters (A-Z a-z 0-9 _ . -), starting with a letter or digit", /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/);

/** A resource group's name, in the specification's words. */
export const resourceGroup = { words: "1 to 90 characters (A-Z a-z 0-9 _ . - ( ))", pattern: /^[\w.()-]{1,90}$/ };

export const account = group({
  existing: yesOrNo().default(false).meta({
    description:
      "true: the stack uses the existing account `account.name`, and never creates, changes or deletes it ([docs/existing-account.md](docs/existing-account.md)).",
  }),
  resourceGroupName: text(resourceGroup.words, resourceGroup.pattern).optional().meta({
    description: "Resource group of an existing account. Default: `resourceGroupName`.",
  }),
  name: resourceName().optional().meta({
    costs: "training, since the account is replaced",
    description:
      "Name of the account; in lowercase, it is also the account's subdomain. With account.existing, the existing account's name. Default: AzureOpenAI-Finetune plus a hash of subscription, resource group, project, stack and location.",
  }),
  kind: oneOf(accountKinds).optional().meta({
    description:
      "`OpenAI` or `AIServices` (a Foundry account, on which other publishers' models can be fine-tuned, too). Going from OpenAI to AIServices upgrades the account in place, and Azure can't undo the upgrade ([docs/azure.md](docs/azure.md#foundry-accounts)). Default: the account's current kind, or OpenAI for a new account.",
  }),
  project: resourceName().optional().meta({
    description:
      "Project of a Foundry account. The stack creates it in its own account; in an existing account it uses the project that exists there. Default: none.",
  }),
  // Azure OpenAI accounts come only in this tier.
  sku: oneOf(["S0"]).default("S0").meta({ description: "Pricing tier." }),
  protect: yesOrNo().default(false).meta({
    description: "true: Pulumi refuses to delete or replace the account until you set this to false and run `up`.",
  }),
});

const networkAcls = element({
  defaultAction: oneOf(["Allow", "Deny"]).meta({ description: "What happens to requests that no rule matches." }),
  bypass: oneOf(["AzureServices", "None"])
    .optional()
    .meta({ description: "Whether trusted Azure services are allowed." }),
  ipRules: z
    .array(text("an IP address or CIDR range"), { error: "a list of addresses" })
    .default([])
    .meta({ description: "IP addresses or CIDR ranges that are allowed." }),
  virtualNetworkRules: z
    .array(text("the id of a subnet", /^\/subscriptions\//i), { error: "a list of subnet ids" })
    .default([])
    .meta({ description: "IDs of subnets that are allowed." }),
});

export const network = group({
  publicNetworkAccess: oneOf(["Enabled", "Disabled"])
    .default("Enabled")
    .meta({ description: "Whether the account can be reached from the internet." }),
  networkAcls: networkAcls.optional(),
  privateEndpoint: privateEndpoint.optional(),
});

const filter = element({
  name: text(`one of ${FILTER_NAMES.join(", ")}`).meta({ description: `Category: ${orList(FILTER_NAMES)}.` }),
  source: oneOf(SOURCES).optional().meta({
    description:
      "Which content is filtered. Default: both prompts and answers, if Azure filters both for the category.",
  }),
  severityThreshold: oneOf(SEVERITIES).optional().meta({
    description:
      "Content at or above this severity is filtered, so Low is the strictest. Applies only to Hate, Sexual, Selfharm and Violence. Default: Medium.",
  }),
  enabled: yesOrNo().optional().meta({ description: "false: this filter is off. Default: true." }),
  blocking: yesOrNo().optional().meta({
    description: "false: content that the filter flags is reported with the answer, but not blocked. Default: true.",
  }),
});

export const contentFilter = group({
  name: resourceName()
    .optional()
    .meta({ description: "Name of the filter in the account. Default: `finetune-filter`." }),
  mode: oneOf(FILTER_MODES).optional().meta({
    description:
      "When answers are filtered: before they are sent (Default, Blocking), or while they are being streamed (Asynchronous_filter). Default: `Default`.",
  }),
  filters: z.array(filter, { error: "a list of filters" }).optional().meta({
    description:
      "Settings that differ from Azure's default filter (Microsoft.DefaultV2). The stack creates a filter with them and applies it to its deployments ([docs/around-the-account.md](docs/around-the-account.md#content-filter)).",
  }),
}).transform(noneIfEmpty);

export const integration = element({
  type: oneOf(["wandb"]).meta({ description: "Weights & Biases." }),
  project: text("the name of a project").meta({ description: "Project that gets the metrics." }),
  name: text("the name of a run").optional().meta({ description: "Name of the run." }),
  entity: text("the name of a team or user").optional().meta({ description: "Team or user." }),
  tags: z.array(text("text"), { error: "a list of strings" }).optional().meta({ description: "Tags of the run." }),
});

export const job = group({
  extraBody: payload.optional().meta({
    description:
      "Extra request fields that have no setting of their own yet, in the service's format ([docs/azure.md](docs/azure.md#fields-without-a-setting)). Changing one starts a new training job.",
    costs: "training",
  }),
});

const sample = { training: "data/training_set.jsonl", validation: "data/validation_set.jsonl" };
const severities = z.record(z.string(), oneOf(["error", "warning", "off"]), { error: "an object of rule codes" });

/** A file, or several that are one dataset: as one text. What is wrong with an address is told by a rule that does not repeat its value. */
const datasetFiles = () => {
  const words = "the path of a JSONL file or folder, the URL of a blob, or a list of these";
  return z.union([text(words), z.array(text(words)).min(1)], { error: words }).transform(datasetPath);
};

export const dataset = group({
  training: datasetFiles()
    .optional()
    .meta({
      description: `Training file (JSONL), relative to the project folder; or a folder (ending in a slash), a Blob Storage address, or a list of these, used as one dataset ([docs/blob-storage.md](docs/blob-storage.md)). Default: \`${sample.training}\`.`,
      costs: "training",
    }),
  validation: datasetFiles()
    .optional()
    .meta({
      description: `Validation file, in the same forms as the training file. Default: \`${sample.validation}\`; none where \`dataset.training\` is set.`,
      costs: "training",
    }),
  rules: severities.transform(noneIfEmpty).prefault({}).meta({
    description: "Severity of each dataset rule, by its code: error, warning or off.",
  }),
}).transform(({ training, validation, rules }) => ({
  training: training ?? sample.training,
  // A training file of one's own is never measured against the sample's validation file.
  validation: validation ?? (training ? undefined : sample.validation),
  rules,
}));

export const training = group({
  waitMinutes: wholeNumber(1, 30 * minutesOfADay)
    .default(defaults.training.waitMinutes)
    .meta({ description: "How long one `up` waits for the job; the next `up` keeps waiting." }),
  wait: yesOrNo().default(defaults.training.wait).meta({ description: "false: `up` ends once the job is submitted." }),
  retry: wholeNumber(0).default(defaults.training.retry).meta({
    description: "Increase this number to train again after a failed or cancelled job.",
    costs: "training",
  }),
  paused: yesOrNo()
    .default(defaults.training.paused)
    .meta({ description: "true pauses the running job, false resumes it." }),
});

/** Of a score or reward, whose scale is the grader's. */
const bound = () => numberIn(-Infinity).optional();

export const graderTrial = group({
  enabled: yesOrNo().default(defaults.graderTrial.enabled).meta({
    description:
      "true: before you pay for a reinforcement job, its grader is tried on a few answers to rows of the training file; if it fails on a row, or gives all answers the same score, the run stops (docs/reinforcement.md).",
    costs: "the tokens of the grader's model, if it uses one",
  }),
  rows: wholeNumber(1, 20).optional().meta({
    description: "Number of rows to try, from the start of the file. Default: 3, or 1 if the grader uses a model.",
    costs: "the tokens of the grader's model, if it uses one",
  }),
  answers: z
    .array(text("the text of an answer"), { error: "a list of answers" })
    .default([])
    .meta({ description: "Answers to try on each row, besides those that the stack takes from the training file." }),
});

const gate = group({
  maxValidationLoss: numberIn(0)
    .optional()
    .meta({ description: "Maximum validation loss for the model to be deployed." }),
  minTokenAccuracy: numberIn(0, 1, true)
    .optional()
    .meta({ description: "Minimum token accuracy, 0 to 1, for the model to be deployed." }),
  minReward: bound().meta({
    description:
      "Reinforcement: minimum mean reward over the validation file for the model to be deployed, on the grader's scale.",
  }),
});

const baseModel = group({
  enabled: yesOrNo().default(false).meta({
    description:
      "true: the base model is deployed too, as `<model>-base`, to compare its answers with the tuned model's. It is deleted together with the tuned model's deployment.",
    costs: "the tokens of its answers",
  }),
  sku: text("a deployment type such as Standard or GlobalStandard", /^[A-Za-z]+$/)
    .default("Standard")
    .meta({
      description:
        "Deployment type of the base model: Standard, DataZoneStandard or GlobalStandard, by region and model.",
      costs: "a different token price",
    }),
  // What the region's list of models gives as the default of base models (recorded, 2026-04).
  capacity: wholeNumber(1).default(10).meta({
    description: "Thousands of tokens per minute for the base model's deployment.",
  }),
});

const checkpoints = "last, best, evaluated or a step number from 1";

export const deploy = group({
  enabled: yesOrNo().default(defaults.deploy.enabled).meta({
    description: "false: the model is kept, but not hosted.",
    costs: "hosting",
  }),
  name: resourceName().optional().meta({
    description:
      "Deployment name that clients use. Default: `<model>-ft`. With switch blueGreen, each model's deployment gets its own suffix, as in `my-model-1fb63c`; the output AZURE_OPENAI_DEPLOYMENT contains the full name.",
    costs: "clients that use the old name get 404; with blueGreen, two deployments during the change",
  }),
  sku: text("a deployment type such as Standard, GlobalStandard or DeveloperTier", /^[A-Za-z]+$/)
    .default(defaults.deploy.sku)
    .meta({
      description:
        "Deployment type: Standard, GlobalStandard, DataZoneStandard, DeveloperTier, ProvisionedManaged and others.",
      costs: "hosting",
    }),
  capacity: wholeNumber(1).default(defaults.deploy.capacity).meta({
    description: "Thousands of tokens per minute, or throughput units for a provisioned type.",
    costs: "hosting, for a provisioned type",
  }),
  switch: oneOf(switchModeNames)
    .default(defaults.deploy.switch)
    .meta({
      description: `How the deployment switches to a new model: ${orList(switchModeNames.map((name) => `${name} (${switchModes[name].means})`))}.`,
      costs: "two deployments during a blueGreen switch",
    }),
  checkpoint: z
    .union([z.literal(["last", "best", "evaluated"]), z.int().min(1, { error: checkpoints })], { error: checkpoints })
    .default(defaults.deploy.checkpoint)
    .meta({
      description:
        "Checkpoint to deploy: last, best (lowest loss or, for reinforcement, highest reward), evaluated (highest evaluation score), or a step number.",
    }),
  version: numberOrText("a version number from 1, previous or a job ID (ftjob-...)", /^(previous|ftjob-[0-9a-z]+)$/)
    .optional()
    .meta({
      description:
        "Earlier version to deploy (`npm run versions` lists them): its version number, its job ID, or `previous`. Default: the model trained with the current data and settings.",
    }),
  gate: gate.transform(noneIfEmpty),
  raiPolicyName: text("the name of a content filter").optional().meta({
    description:
      "Existing content filter for the deployment. Default: the filter that `contentFilter` creates, or Azure's default filter without one.",
  }),
  versionUpgradeOption: oneOf(["OnceNewDefaultVersionAvailable", "OnceCurrentVersionExpired", "NoAutoUpgrade"])
    .optional()
    .meta({ description: "When Azure may upgrade the deployment's version." }),
  baseModel,
});

/** A stack's name, alone or with organization and project before it. */
const stackName = /^[\w.-]+(\/[\w.-]+\/[\w.-]+)?$/;

export const promote = group({
  stack: text("the name of a stack of this project, or <organization>/<project>/<stack>", stackName).optional().meta({
    description:
      "Stack whose trained model this one deploys instead of training its own: the name of a stack of this project, or <organization>/<project>/<stack> (docs/promotion.md).",
  }),
  version: numberOrText("a version number from 1 or a job ID (ftjob-...)", /^ftjob-[0-9a-z]+$/)
    .optional()
    .meta({
      description:
        "Version to deploy from `promote.stack`: its number in that stack, or its job ID. Default: the version that is currently deployed in that stack.",
    }),
});

/** Of scores and of their differences: a grader of models may have any range. */
export const evaluation = group({
  enabled: yesOrNo().default(false).meta({
    description:
      "true: a new model answers test cases on a temporary deployment, is graded and compared with other models, and is deployed only if it passes (docs/evaluation.md).",
    costs: "its output tokens, plus up to an hour of hosting",
  }),
  cases: datasetFiles().optional().meta({
    description:
      "JSONL file of chat examples, in the same forms as the training file; the last assistant message of each is the reference answer. Default: the validation file; with `promote.stack`, none.",
    costs: "an evaluation",
  }),
  grader: payload.optional().meta({
    description:
      "Grader, in the service's format. Default: the answer's similarity to the reference answer (fuzzy_match).",
    costs: "the grader models' tokens; stored answers are reused",
  }),
  judges: textMap("an object of models and deployments").transform(noneIfEmpty).optional().meta({
    description:
      "Deployments to use for the grader's models. Key: the model name in the grader. Value: the name of a deployment in the stack's account, or its ARM ID. Default: a deployment that has that name or serves that model.",
  }),
  against: z
    .array(text("base, serving, a deployment's name or its ARM ID"), { error: "a list such as [serving, base]" })
    .default([...defaults.evaluation.against])
    .meta({
      description:
        "What the new model is compared with: serving (the currently deployed model), base (the base model), a deployment's name in the account, or its ARM ID.",
      costs: "the output tokens of each model not evaluated before",
    }),
  minScore: bound().meta({ description: "Minimum mean score for the model to be deployed." }),
  minGain: bound().meta({
    description: "Minimum mean gain of the new model over each model it is compared with; may be negative.",
  }),
  maxRegressions: numberIn(0, 1, true).optional().meta({
    description:
      "Maximum share of cases, 0 to 1, in which the new model may do clearly worse than a model it is compared with.",
  }),
  confident: yesOrNo().default(false).meta({
    description: "true: the worse end of the 95% confidence interval must meet these limits, not just the mean.",
  }),
  maxUsd: numberIn(0, Infinity, true)
    .optional()
    .meta({ description: "Maximum cost of an evaluation, in USD. A preview fails if the evaluation would cost more." }),
  maxTokens: wholeNumber(1, 100_000)
    .optional()
    .meta({ description: "Maximum length of an answer, in tokens. Default: 1,024.", costs: "an evaluation" }),
  temporaryCapacity: wholeNumber(1).optional().meta({
    description:
      "Thousands of tokens per minute for the temporary deployments. Default: the minimum. A higher number makes an evaluation faster but needs more quota.",
  }),
});

export const budget = group({
  maxTrainingUsd: numberIn(0, Infinity, true)
    .optional()
    .meta({ description: "Maximum cost of a training job, in USD. A preview fails if training would cost more." }),
  maxHostingUsdPerMonth: numberIn(0, Infinity, true).optional().meta({
    description:
      "Maximum hosting cost, in USD a month. A preview that deploys a new model, or raises the price of hosting, fails if hosting would cost more.",
  }),
}).transform(noneIfEmpty);

const principal = element({
  id: text("an object id (GUID)", guid).meta({ description: "Object ID of a user, group or service principal." }),
  type: oneOf(["User", "Group", "ServicePrincipal"]).meta({ description: "Type of principal that the id belongs to." }),
});

export const roles = group({
  manage: yesOrNo().optional().meta({
    description:
      "Whether the stack creates role assignments. Default: true; false with `account.existing`, since whoever runs the stack needs the roles already.",
  }),
  principals: z.array(principal, { error: "a list of {id, type}" }).default([]).meta({
    description: "Identities that may train and call the model. Default: the identity that runs the first `pulumi up`.",
  }),
  usagesReader: yesOrNo().default(true).meta({
    description:
      "Whether the stack assigns Cognitive Services Usages Reader on the subscription, which only one stack can do for each principal.",
  }),
});

export const keys = group({
  rotation: wholeNumber(0)
    .default(0)
    .meta({ description: "Increase this number to regenerate the key that is not in use and switch to it." }),
  rotateExisting: yesOrNo().default(false).meta({
    description: "true: `keys.rotation` also regenerates keys of an existing account, which others may be using.",
  }),
});

export const retain = group({
  model: yesOrNo().default(defaults.retain.model).meta({
    description:
      "true: destroy keeps the job and its model. If the stack created the account, destroy deletes the account, but you can restore it, with the job and the model, for 48 hours.",
  }),
  files: yesOrNo().default(defaults.retain.files).meta({
    description: "true: destroy keeps the uploaded files, in the same way as `retain.model` keeps the model.",
  }),
  adopted: yesOrNo().default(defaults.retain.adopted).meta({
    description: "true: destroy keeps a job adopted with `existingJobId`, in the same way as `retain.model`.",
  }),
  versions: wholeNumber(1, 100).default(defaults.retain.versions).meta({
    description:
      "How many trained models are kept, including the deployed one and rejected ones; the newest model, if rejected, is kept in addition. Going back to a kept model needs no new training. With 1, the old model is deleted after the switch.",
  }),
});

export const probe = group({
  systemMessage: text("text")
    .default(defaults.probe.systemMessage)
    .meta({ description: "System message of the chat request that tests the deployment." }),
  question: text("text").default(defaults.probe.question).meta({ description: "Question in that request." }),
  maxTokens: wholeNumber(1, 16_384)
    .default(defaults.probe.maxTokens)
    .meta({ description: "Maximum length of an answer, in tokens.", costs: "the tokens of one answer" }),
  waitMinutes: wholeNumber(1, minutesOfADay)
    .default(defaults.probe.waitMinutes)
    .meta({ description: "Minutes to wait for the deployment's first response." }),
});
