import { rolesByName, tokensName } from "../../catalog";
import { hyperparameters } from "../../dynamic-providers/fine-tuning-job/hyperparameters";
import {
  ACCOUNT_TYPE,
  CONTENT_FILTER_TYPE,
  DIAGNOSTIC_SETTING_TYPE,
  DNS_ZONE_GROUP_TYPE,
  PRIVATE_ENDPOINT_TYPE,
  DEPLOYMENT_TYPE,
  EXISTING_ACCOUNT_TYPE,
  finetuneType,
  isBaseModelResource,
  PROJECT_TYPE,
  SHARED_DEPLOYMENT_TYPE,
} from "../../dynamic-providers/runtime/resource-types";
import type { Properties, Step } from "./steps";
import { at } from "./steps";
import {
  count,
  entries,
  fieldNames,
  filters,
  hash,
  name,
  names,
  noYes,
  secret,
  word,
  yesNo,
  type Form,
} from "./values";

/** A property that may be shown, in the team's words. What is not listed never reaches the summary. */
export interface Field {
  path: string;
  label: string;
  form: Form;
  /** Whether it is shown for a new resource; a changed property is always shown. */
  headline: boolean;
  /** What applies when it is not set. */
  unset?: string;
  /** Another label for some resources. */
  labelOf?: (of: Properties) => string;
}

/** A kind of resource that a reviewer cares about. */
export interface Kind {
  /** What the team calls this one. */
  title(step: Step): string;
  fields: Field[];
}

const field = (path: string, label: string, form: Form): Field => ({ path, label, form, headline: false });
const headline = (path: string, label: string, form: Form): Field => ({ path, label, form, headline: true });
const properties = (step: Step): Properties => (step.operation === "delete" ? step.old : step.new);
const tokensLabel = ({ model }: Properties) => tokensName(typeof model === "string" ? model : "");
const titled = (title: string) => () => title;

/** In the stack's own account, and in one that others use too. */
const deployment: Kind = {
  title: ({ name: resource }) => (isBaseModelResource(resource) ? "Base model's deployment" : "Deployment"),
  fields: [
    headline("deploymentName", "name", name),
    field("properties.model.name", "model", name),
    headline("sku.name", "deployment type", word),
    headline("sku.capacity", "capacity (1,000 tokens per minute)", count),
    field("properties.raiPolicyName", "content filter", name),
    field("properties.versionUpgradeOption", "version upgrade", word),
  ],
};

/** In the order of the work, which is the order of the table. Resources of other types are never shown. */
export const kinds: Record<string, Kind> = {
  [ACCOUNT_TYPE]: {
    title: titled("Account"),
    fields: [
      headline("accountName", "name", name),
      headline("location", "region", name),
      field("resourceGroupName", "resource group", name),
      field("kind", "kind", word),
      field("sku.name", "pricing tier", word),
      field("properties.customSubDomainName", "subdomain", name),
      headline("properties.disableLocalAuth", "accepts keys", noYes),
      headline("properties.publicNetworkAccess", "public network access", word),
      headline("properties.networkAcls.defaultAction", "network rules: by default", word),
      field("properties.networkAcls.bypass", "network rules: bypass", word),
      field("properties.networkAcls.ipRules", "network rules: addresses", entries),
      field("properties.networkAcls.virtualNetworkRules", "network rules: subnets", entries),
      field("identity.type", "identity", name),
      field("identity.userAssignedIdentities", "managed identities", entries),
      field("properties.encryption.keySource", "encrypted with keys of", name),
      field("properties.encryption.keyVaultProperties.keyVaultUri", "key vault", name),
      field("properties.encryption.keyVaultProperties.keyName", "key", name),
      field("properties.encryption.keyVaultProperties.keyVersion", "version of the key", name),
      field("properties.encryption.keyVaultProperties.identityClientId", "identity that reads the key", name),
      field("tags", "tags", entries),
    ],
  },
  [PROJECT_TYPE]: { title: titled("Project"), fields: [headline("projectName", "name", name)] },
  [EXISTING_ACCOUNT_TYPE]: {
    title: titled("Existing account"),
    fields: [
      headline("accountName", "name", name),
      headline("location", "region", name),
      field("resourceGroupName", "resource group", name),
      headline("kind", "kind", word),
      headline("properties.disableLocalAuth", "accepts keys", noYes),
    ],
  },
  [PRIVATE_ENDPOINT_TYPE]: {
    title: titled("Private endpoint"),
    fields: [
      headline("privateEndpointName", "name", name),
      field("subnet.id", "subnet", name),
      field("location", "region", name),
    ],
  },
  [DNS_ZONE_GROUP_TYPE]: {
    title: titled("Private endpoint's DNS zones"),
    fields: [headline("privateDnsZoneConfigs", "zones", entries)],
  },
  [DIAGNOSTIC_SETTING_TYPE]: {
    title: titled("Diagnostics"),
    fields: [
      headline("workspaceId", "workspace", name),
      field("logs", "categories of logs", entries),
      field("metrics", "categories of metrics", entries),
    ],
  },
  [CONTENT_FILTER_TYPE]: {
    title: titled("Content filter"),
    fields: [
      headline("raiPolicyName", "name", name),
      headline("properties.mode", "mode", word),
      headline("properties.contentFilters", "filters", filters),
    ],
  },
  "azure-native:authorization:RoleAssignment": {
    title: (step) => `Role: ${roleOf(properties(step))}`,
    fields: [field("principalType", "assigned to a", word), field("principalId", "principal", secret)],
  },
  [finetuneType("AccountKeys")]: {
    title: titled("Account keys"),
    fields: [field("rotation", "rotation", count)],
  },
  [finetuneType("Dataset")]: {
    title: (step) => (at(properties(step), "role") === "validation" ? "Validation data" : "Training data"),
    fields: [
      headline("path", "file", name),
      headline("examples", "rows", count),
      { ...headline("tokens.total.sum", "tokens", count), labelOf: tokensLabel },
      {
        ...field("tokens.assistant.sum", "assistant tokens", count),
        labelOf: (data) => `assistant ${tokensLabel(data)}`,
      },
      field("sha256", "content (sha256)", hash),
      field("model", "checked for model", name),
      field("method", "checked for method", word),
      field("rules", "rule overrides", entries),
    ],
  },
  [finetuneType("TrainingFile")]: {
    title: titled("Uploaded file"),
    fields: [headline("remoteName", "name", name), field("retain", "kept on destroy", yesNo)],
  },
  [finetuneType("FineTuningJob")]: {
    title: titled("Fine-tuning job"),
    fields: [
      headline("existingJobId", "adopts job", name),
      headline("model", "model to tune", name),
      headline("method", "method", word),
      headline("trainingType", "training type", word),
      ...Object.entries(hyperparameters).map(([key, { label }]) => ({
        ...headline(`hyperparameters.${key}`, label, word),
        unset: "auto",
      })),
      headline("seed", "seed", word),
      headline("extraBody", "fields without a setting", fieldNames),
      field("trainingSha256", "training data (sha256)", hash),
      field("validationSha256", "validation data (sha256)", hash),
      field("grader", "grader", secret),
      field("responseFormat", "response format", secret),
      field("suffixBase", "suffix", name),
      field("metadata", "metadata", entries),
      field("integrations", "integrations", entries),
      field("retry", "retries", count),
      field("paused", "paused", yesNo),
      field("location", "region", name),
      field("retain.model", "model kept on destroy", yesNo),
      field("retain.adopted", "adopted job kept on destroy", yesNo),
    ],
  },
  [finetuneType("TrainedModel")]: {
    title: titled("Trained model"),
    fields: [
      headline("checkpoint", "checkpoint to deploy", word),
      headline("gate.maxValidationLoss", "gate: maximum validation loss", word),
      headline("gate.minTokenAccuracy", "gate: minimum token accuracy", word),
      headline("gate.minReward", "gate: minimum validation reward", word),
      field("wait", "waits for the job", yesNo),
    ],
  },
  [finetuneType("Evaluation")]: {
    title: titled("Evaluation"),
    fields: [
      headline("cases", "cases", name),
      headline("caseCount", "number of cases", count),
      headline("graderTitle", "graded by", word),
      headline("against", "compared with", names),
      headline("rule.minScore", "minimum score to pass", word),
      headline("rule.minGain", "minimum gain to pass", word),
      headline("rule.maxRegressions", "maximum share of clearly worse cases", word),
      field("rule.confident", "rules apply to the interval's less favorable end", yesNo),
      field("casesSha256", "cases (sha256)", hash),
      field("maxUsd", "spending limit (USD)", word),
      field("maxTokens", "longest answer (tokens)", count),
    ],
  },
  [finetuneType("ModelVersions")]: {
    title: titled("Model versions"),
    fields: [headline("pin", "version to deploy", word), field("retain.versions", "highest number kept", count)],
  },
  [finetuneType("PromotedVersion")]: {
    title: titled("Promoted version"),
    fields: [
      headline("version.promotedFrom.stack", "stack that trained it", name),
      headline("version.promotedFrom.version", "version there", count),
      headline("version.fineTunedModel", "model", name),
      headline("version.base", "base model", name),
      headline("version.trainingExamples", "training rows", count),
      field("version.trainingSha256", "training data (sha256)", hash),
      field("version.evaluation.summary", "evaluation there", word),
      field("location", "region", name),
      field("sku", "deployment type", word),
    ],
  },
  [finetuneType("ReleaseGate")]: { title: titled("Release gate"), fields: [] },
  [DEPLOYMENT_TYPE]: deployment,
  [SHARED_DEPLOYMENT_TYPE]: deployment,
  [finetuneType("ChatProbe")]: {
    title: titled("Chat probe"),
    fields: [
      field("deploymentName", "asks deployment", name),
      field("systemMessage", "system message", secret),
      field("question", "question", secret),
      field("maxTokens", "longest answer (tokens)", count),
    ],
  },
};

function roleOf(props: Properties): string {
  const id = at(props, "roleDefinitionId");
  const role = Object.entries(rolesByName).find(
    ([, guid]) => typeof id === "string" && id.toLowerCase().endsWith(guid),
  );
  return role ? role[0] : "assignment";
}
