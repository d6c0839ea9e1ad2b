import { z } from "zod";
import { defaults } from "../components/defaults";
import { datasetPath } from "../datasets/sources";
import { switchModeNames, switchModes } from "../dynamic-providers/runtime/switch-modes";
import { element, group, noneIfEmpty, numberIn, oneOf, orList, text, textMap, wholeNumber, yesOrNo } from "./schema";

/**
 * The settings that are objects, field by field: what each may be, its default, what it means, and what it costs where it costs money. The table
 * in README.md is made of them (`npm run settings-table`).
 */

/** An object that the service takes as it is. */
export const payload = z
  .record(z.string(), z.unknown(), { error: "an object, as the service expects it" })
  .transform(noneIfEmpty);

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const minutesOfADay = 24 * 60;
/** Names of accounts (the ARM specification's pattern) and of deployments (as the portal accepts them). */
const resourceName = () =>
  text("2 to 64 of A-Z a-z 0-9 _ . -, the first a letter or digit", /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/);

/** A resource group's name, in the specification's words. */
export const resourceGroup = { words: "1 to 90 of A-Z a-z 0-9 _ . - ( )", pattern: /^[\w.()-]{1,90}$/ };

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
      "Name and, in lower case, subdomain; of an existing account its name. Default: AzureOpenAI-Finetune and a hash of subscription, resource group, project, stack and location.",
  }),
  // Azure OpenAI accounts come only in this tier.
  sku: oneOf(["S0"]).default("S0").meta({ description: "Pricing tier." }),
  protect: yesOrNo().default(false).meta({
    description: "true: Pulumi refuses to delete or replace the account, until it is false again and `up` has run.",
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
    .meta({ description: "Ids of subnets that are allowed." }),
});

export const network = group({
  publicNetworkAccess: oneOf(["Enabled", "Disabled"])
    .default("Enabled")
    .meta({ description: "Whether the account can be reached from the internet." }),
  networkAcls: networkAcls.optional(),
});

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
      "Fields of the job's request that have no setting yet, as the service expects them ([docs/azure.md](docs/azure.md#fields-without-a-setting)). They are part of what decides the training.",
    costs: "training",
  }),
});

const sample = { training: "data/training_set.jsonl", validation: "data/validation_set.jsonl" };
const severities = z.record(z.string(), oneOf(["error", "warning", "off"]), { error: "an object of rule codes" });

/** A file, or several that are one dataset: as one text. What is wrong with an address is told by a rule that does not repeat its value. */
const datasetFiles = () => {
  const words = "the path of a JSONL file, a folder or address, or a list of them";
  return z.union([text(words), z.array(text(words)).min(1)], { error: words }).transform(datasetPath);
};

export const dataset = group({
  training: datasetFiles()
    .optional()
    .meta({
      description: `Training file (JSONL), relative to the project folder; or a folder with a slash at its end, an address in Blob Storage, or a list, which are one dataset ([docs/blob-storage.md](docs/blob-storage.md)). Default: \`${sample.training}\`.`,
      costs: "training",
    }),
  validation: datasetFiles()
    .optional()
    .meta({
      description: `Validation file, named as the training file. Default: \`${sample.validation}\`; none where \`dataset.training\` is set.`,
      costs: "training",
    }),
  rules: severities.transform(noneIfEmpty).prefault({}).meta({
    description: "Severity by code of a dataset rule: error, warning or off.",
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
    description: "Raise it to train again after a failed or cancelled job.",
    costs: "training",
  }),
  paused: yesOrNo()
    .default(defaults.training.paused)
    .meta({ description: "true pauses the running job, false resumes it." }),
});

const gate = group({
  maxValidationLoss: numberIn(0)
    .optional()
    .meta({ description: "Highest validation loss with which the model is deployed." }),
  minTokenAccuracy: numberIn(0, 1, true)
    .optional()
    .meta({ description: "Lowest token accuracy, 0 to 1, with which the model is deployed." }),
});

const baseModel = group({
  enabled: yesOrNo().default(false).meta({
    description:
      "true: the base model is deployed too, as `<model>-base`, to compare its answers with the tuned model's. It exists as long as the deployment of the tuned model.",
    costs: "the tokens of its answers",
  }),
  sku: text("a deployment type such as Standard or GlobalStandard", /^[A-Za-z]+$/)
    .default("Standard")
    .meta({
      description:
        "Deployment type of the base model: Standard, DataZoneStandard or GlobalStandard, by region and model.",
      costs: "another price of its tokens",
    }),
  // What the region's list of models gives as the default of base models (recorded, 2026-04).
  capacity: wholeNumber(1).default(10).meta({
    description: "Thousands of tokens per minute of the base model's deployment.",
  }),
});

export const deploy = group({
  enabled: yesOrNo().default(defaults.deploy.enabled).meta({
    description: "false: the model is kept and nothing is hosted.",
    costs: "hosting",
  }),
  name: resourceName().optional().meta({
    description:
      "Name of the deployment, by which clients call it. Default: `<model>-ft`. With the switch blueGreen it gets an ending for each model, as in `my-model-1fb63c`: the output AZURE_OPENAI_DEPLOYMENT has the whole name.",
    costs: "a new name: clients that use the old one get 404; two deployments while it changes with blueGreen",
  }),
  sku: text("a deployment type such as Standard, GlobalStandard or DeveloperTier", /^[A-Za-z]+$/)
    .default(defaults.deploy.sku)
    .meta({
      description:
        "Deployment type: Standard, GlobalStandard, DataZoneStandard, DeveloperTier, ProvisionedManaged and others.",
      costs: "hosting",
    }),
  capacity: wholeNumber(1).default(defaults.deploy.capacity).meta({
    description: "Thousands of tokens per minute; throughput units where the type is provisioned.",
    costs: "hosting, where the type is provisioned",
  }),
  switch: oneOf(switchModeNames)
    .default(defaults.deploy.switch)
    .meta({
      description: `How a new model takes over: ${orList(switchModeNames.map((name) => `${name} (${switchModes[name].means})`))}.`,
      costs: "two deployments during a blueGreen switch",
    }),
  checkpoint: z
    .union([z.literal(["last", "best", "evaluated"]), z.int().min(1)], {
      error: "last, best, evaluated or the number of a step",
    })
    .default(defaults.deploy.checkpoint)
    .meta({
      description:
        "Checkpoint to deploy: last, best (lowest loss), evaluated (highest score of the evaluation), or the number of a step.",
    }),
  version: z
    .union(
      [
        wholeNumber(1),
        text("the number of a version, previous or the id of a job (ftjob-...)", /^(previous|ftjob-[0-9a-z]+)$/),
      ],
      {
        error: "the number of a version, previous or the id of a job (ftjob-...)",
      },
    )
    .optional()
    .meta({
      description:
        "Kept version to serve (`npm run versions` lists them): its number, previous, or the id of its job. Default: the model of the current data and settings.",
    }),
  gate: gate.transform(noneIfEmpty),
  raiPolicyName: text("the name of a content filter")
    .optional()
    .meta({ description: "Content filter of the deployment. Default: Azure's." }),
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
      "Stack whose trained model this one serves instead of training its own: the name of a stack of this project, or <organization>/<project>/<stack> (docs/promotion.md).",
  }),
  version: z
    .union([wholeNumber(1), text("the number of a version or the id of a job (ftjob-...)", /^ftjob-[0-9a-z]+$/)], {
      error: "the number of a version or the id of a job (ftjob-...)",
    })
    .optional()
    .meta({
      description:
        "Version of that stack to serve: its number there, or the id of its job. Default: the one that serves there.",
    }),
});

/** Of scores and of their differences: a grader of models may have any range. */
const bound = () => numberIn(-Infinity).optional();

export const evaluation = group({
  enabled: yesOrNo().default(false).meta({
    description:
      "true: a new model is asked cases on a temporary deployment, graded and compared with others, and is deployed only if it passes (docs/evaluation.md).",
    costs: "the tokens of its answers, and up to an hour of hosting",
  }),
  cases: datasetFiles().optional().meta({
    description:
      "JSONL file of chat rows whose last answers are the references, named as the training file. Default: the validation file.",
    costs: "an evaluation",
  }),
  grader: payload.optional().meta({
    description:
      "Grader, as the service expects it. Default: the answer's similarity with the reference (fuzzy_match).",
    costs: "the tokens of models that grade; kept answers are not asked for again",
  }),
  judges: textMap("an object of models and deployments").transform(noneIfEmpty).optional().meta({
    description:
      "Deployments that grade, by the name that the grader gives for the model: a name in the stack's account, or an ARM id. Default: a deployment of that name or model.",
  }),
  against: z
    .array(text("base, serving, a deployment's name or its ARM id"), { error: "a list such as [serving, base]" })
    .default([...defaults.evaluation.against])
    .meta({
      description:
        "What the new model is compared with: serving (the model that serves now), base (the base model), a deployment's name in the account, or its ARM id.",
      costs: "the tokens of the answers of a model that was not asked before",
    }),
  minScore: bound().meta({ description: "Lowest mean score with which the model is deployed." }),
  minGain: bound().meta({
    description: "Lowest mean gain over each model that it is compared with; may be negative.",
  }),
  maxRegressions: numberIn(0, 1, true)
    .optional()
    .meta({ description: "Largest share of cases, 0 to 1, that may be clearly worse than with each of them." }),
  confident: yesOrNo()
    .default(false)
    .meta({ description: "true: the unfavourable end of the 95 % interval must meet the rules, not the mean." }),
  maxUsd: numberIn(0, Infinity, true)
    .optional()
    .meta({ description: "Highest price of an evaluation in USD. Above it, a preview that would evaluate fails." }),
  maxTokens: wholeNumber(1, 100_000)
    .optional()
    .meta({ description: "Longest answer in tokens. Default: 1,024.", costs: "an evaluation" }),
  temporaryCapacity: wholeNumber(1).optional().meta({
    description:
      "Thousands of tokens per minute of the temporary deployments. Default: the lowest possible. A higher number makes an evaluation quicker and needs more quota.",
  }),
});

export const budget = group({
  maxTrainingUsd: numberIn(0, Infinity, true)
    .optional()
    .meta({ description: "Highest price of a training in USD. Above it, a preview that would train fails." }),
  maxHostingUsdPerMonth: numberIn(0, Infinity, true).optional().meta({
    description:
      "Highest price of hosting in USD a month. Above it, a preview that would host a new model, or host at a higher price, fails.",
  }),
}).transform(noneIfEmpty);

const principal = element({
  id: text("an object id (GUID)", guid).meta({ description: "Object id of a user, group or service principal." }),
  type: oneOf(["User", "Group", "ServicePrincipal"]).meta({ description: "What the id belongs to." }),
});

export const roles = group({
  manage: yesOrNo().optional().meta({
    description:
      "Whether the stack creates role assignments. Default: true; false with `account.existing`, where whoever runs it has the roles already.",
  }),
  principals: z
    .array(principal, { error: "a list of {id, type}" })
    .default([])
    .meta({ description: "Who may train and call the model. Default: the identity that deploys first." }),
  usagesReader: yesOrNo().default(true).meta({
    description:
      "Whether the stack assigns Cognitive Services Usages Reader on the subscription, which only one stack per principal can do.",
  }),
});

export const keys = group({
  rotation: wholeNumber(0)
    .default(0)
    .meta({ description: "Raise it to regenerate the key that is not in use and switch to it." }),
  rotateExisting: yesOrNo().default(false).meta({
    description: "true: `keys.rotation` also regenerates keys of an existing account, which others may be using.",
  }),
});

export const retain = group({
  model: yesOrNo().default(defaults.retain.model).meta({
    description:
      "true: destroy keeps the job and its model. In the stack's own account, which is deleted too, they can be restored for 48 hours.",
  }),
  files: yesOrNo()
    .default(defaults.retain.files)
    .meta({ description: "true: destroy keeps the uploaded files, as `retain.model` does." }),
  adopted: yesOrNo()
    .default(defaults.retain.adopted)
    .meta({ description: "true: destroy keeps a job adopted by `existingJobId`, as `retain.model` does." }),
  versions: wholeNumber(1, 100).default(defaults.retain.versions).meta({
    description:
      "How many trained models are kept, including the one that serves. Going back to a kept one costs no training. With 1, the old model is deleted after the switch.",
  }),
});

export const probe = group({
  systemMessage: text("text")
    .default(defaults.probe.systemMessage)
    .meta({ description: "System message of the chat call that proves the deployment." }),
  question: text("text").default(defaults.probe.question).meta({ description: "Question of that call." }),
  maxTokens: wholeNumber(1, 16_384)
    .default(defaults.probe.maxTokens)
    .meta({ description: "Longest answer in tokens.", costs: "the tokens of one answer" }),
  waitMinutes: wholeNumber(1, minutesOfADay)
    .default(defaults.probe.waitMinutes)
    .meta({ description: "Minutes within which the deployment must answer." }),
});
