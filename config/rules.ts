import { z } from "zod";
import { sameName } from "../format/same-name";
import {
  type Catalog,
  type SupportProblem,
  baseDeploymentName,
  catalogFrom,
  filterProblems,
  findModel,
  isOfferedOn,
  supportProblems,
} from "../catalog";
import { addressProblem } from "../datasets/sources";
import { switchMode } from "../dynamic-providers/runtime/switch-modes";
import { extraBodyProblems } from "../dynamic-providers/fine-tuning-job/extra-body-rules";
import { defaultDeploymentName } from "./default-names";
import { diagnosticsConflicts, encryptionConflicts } from "./encryption";
import { existingAccountConflicts } from "./existing-account";
import { hyperparametersOf } from "./hyperparameters";
import { promotionConflicts } from "./promotion";
import { didYouMean, sentences } from "./sentences";
import type { Settings } from "./settings";

/** What is wrong between settings that are fine each for itself: one sentence each. */
export function conflicts(settings: Settings): string[] {
  if (settings.promote.stack !== undefined) {
    return [
      ...[promotionConflicts, casesConflicts, contentFilterConflicts, encryptionConflicts, diagnosticsConflicts],
      existingAccountConflicts,
    ].flatMap((rule) => rule(settings));
  }
  return [
    promotionConflicts,
    datasetConflicts,
    hyperparameterConflicts,
    graderConflicts,
    ({ job, method }: Settings) => extraBodyProblems(job.extraBody ?? {}, method),
    gateConflicts,
    evaluationConflicts,
    nameConflicts,
    contentFilterConflicts,
    encryptionConflicts,
    diagnosticsConflicts,
    existingAccountConflicts,
    projectConflicts,
    (all: Settings) => catalogConflicts(all),
  ].flatMap((rule) => rule(settings));
}

/** Addresses that can't be used. One that holds a secret is not repeated, here or in any state. */
function datasetConflicts({ dataset, evaluation }: Settings): string[] {
  return addressProblems({
    "dataset.training": dataset.training,
    "dataset.validation": dataset.validation,
    "evaluation.cases": evaluation.cases,
  });
}

/** A stack that promotes has no other files. */
function casesConflicts({ evaluation }: Settings): string[] {
  return addressProblems({ "evaluation.cases": evaluation.cases });
}

function addressProblems(named: Record<string, string | undefined>): string[] {
  return Object.entries(named).flatMap(([name, path]) => {
    const problem = path === undefined ? undefined : addressProblem(path);
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
}

function hyperparameterConflicts({ method, hyperparameters = {} }: Settings): string[] {
  const given = { hyperparameters };
  const result = z.object({ hyperparameters: hyperparametersOf(method) }).safeParse(given);
  return result.success ? [] : sentences(result.error, given);
}

function graderConflicts({ method, grader, responseFormat, dataset, existingJobId }: Settings): string[] {
  if (method === "reinforcement") {
    const missing = grader ? [] : ["grader is missing; method reinforcement needs one, in the service's format."];
    // Required for reinforcement (MicrosoftDocs/azure-ai-docs how-to/reinforcement-fine-tuning, 2026-10); an adopted job has its files.
    if (!dataset.validation && !existingJobId)
      missing.push("dataset.validation is missing; method reinforcement needs a validation file.");
    return missing;
  }
  return Object.entries({ grader, responseFormat })
    .filter(([, value]) => value)
    .map(([name]) => `${name} is set, but method is "${method}"; remove it, or set method to reinforcement.`);
}

/**
 * Gates and choices that no trained model can meet, because the job will not report what they ask for: they would fail after the training is
 * paid. A reinforcement job reports rewards, and neither losses nor token accuracies (columns of its results and checkpoints, recorded).
 * `best` without a validation file ranks by training loss, which is possible, and of a reinforcement job by reward.
 */
function gateConflicts({ method, deploy, dataset }: Settings): string[] {
  const { gate } = deploy;
  const found: string[] = [];
  if (method === "reinforcement") {
    const rewards = "a reinforcement job reports rewards, but no";
    if (gate?.maxValidationLoss !== undefined) {
      found.push(
        `deploy.gate.maxValidationLoss can't be met: ${rewards} validation loss. Use deploy.gate.minReward instead.`,
      );
    }
    if (gate?.minTokenAccuracy !== undefined) {
      found.push(
        `deploy.gate.minTokenAccuracy can't be met: ${rewards} token accuracy. Use deploy.gate.minReward instead.`,
      );
    }
    return found;
  }
  if (gate?.minReward !== undefined) {
    found.push(
      `deploy.gate.minReward can't be met: only reinforcement jobs report rewards, and method is "${method}". Remove it, or set method to reinforcement.`,
    );
  }
  if (gate?.maxValidationLoss !== undefined && !dataset.validation) {
    found.push(
      "deploy.gate.maxValidationLoss can't be met: without a validation file, there is no validation loss. Set dataset.validation, or remove deploy.gate.maxValidationLoss.",
    );
  }
  return found;
}

/** What an evaluation needs beside its own settings; cases and grader are read by its resource, which tells lines and places. */
function evaluationConflicts({ evaluation, deploy, dataset }: Settings): string[] {
  const found: string[] = [];
  if (deploy.checkpoint === "evaluated" && !evaluation.enabled) {
    found.push(
      "deploy.checkpoint is evaluated, but nothing is evaluated: set evaluation.enabled to true, or deploy.checkpoint to last, best or a step number.",
    );
  }
  if (evaluation.enabled && evaluation.cases === undefined && !dataset.validation) {
    found.push(
      "evaluation.cases is missing, and there is no validation file to use instead. Set evaluation.cases to a JSONL file.",
    );
  }

  return found;
}

function contentFilterConflicts({ contentFilter, deploy }: Settings): string[] {
  if (!contentFilter) return [];
  const { raiPolicyName } = deploy;
  const twice =
    raiPolicyName === undefined
      ? []
      : [
          `contentFilter is set, and deploy.raiPolicyName is "${raiPolicyName}", but a deployment can have only one filter. Remove one of the two: contentFilter creates a filter, deploy.raiPolicyName names an existing one.`,
        ];
  return [...twice, ...filterProblems(contentFilter.filters ?? [], "contentFilter.filters")];
}

/** Foundry accounts alone have projects; what kind an account is that the settings don't say is known later. */
function projectConflicts({ account: { kind, project } }: Settings): string[] {
  return project === undefined || kind !== "OpenAI"
    ? []
    : [
        `account.project is "${project}", but account.kind is OpenAI, and only Foundry accounts have projects. Set account.kind to AIServices, or remove account.project.`,
      ];
}

/** Longest name of a deployment, and what is appended where each model has one of its own: a dash and 6 hex. */
const longestName = 64;
const appended = 7;

export function nameConflicts({ deploy, model }: Settings): string[] {
  const name = deploy.name ?? defaultDeploymentName(model);
  const { namePerModel } = switchMode(deploy.switch);
  const longest = namePerModel ? longestName - appended : longestName;
  if (name.length > longest)
    return [`deploy.name is "${name}"; expected at most ${longest} characters with deploy.switch ${deploy.switch}.`];
  // A hash follows the name of each model.
  const taken = deploy.baseModel.enabled && !namePerModel && sameName(name, baseDeploymentName(model));
  return taken
    ? [`deploy.name is "${name}", which is the name of the base model's deployment. Choose another name.`]
    : [];
}

/**
 * What the catalog knows the service to refuse, found before anything is paid.
 *
 * @param accountKind - of the account. @default that of the settings; without one, it is not known yet
 */
export function catalogConflicts(settings: Settings, accountKind?: string): string[] {
  const { model, method, trainingType, deploy, catalogFile } = settings;
  const location = settings.location || undefined;
  const deploymentSku = deploy.enabled ? deploy.sku : undefined;
  const { capacity, baseModel } = deploy;
  const baseModelSku = deploy.enabled && baseModel.enabled ? baseModel.sku : undefined;
  try {
    const catalog = catalogFrom(catalogFile);
    const asked = { model, method, trainingType, location, deploymentSku, capacity, baseModelSku };
    const question = { ...asked, accountKind: accountKind ?? settings.account.kind };
    const problems = supportProblems(question, catalog);
    return problems.map(
      ({ property, reason, allowed }) =>
        `${settingOf[property]} ${JSON.stringify(question[property])} can't be used: ${reason}${didYouMean(question[property], allowed)}${property === "model" ? otherKind(settings, question.accountKind, catalog) : ""}`,
    );
  } catch (error) {
    return [`catalogFile can't be used: ${(error as Error).message}`];
  }
}

/** What to do where accounts of another kind offer the model. */
function otherKind({ model, account }: Settings, kind: string | undefined, catalog: Catalog): string {
  const known = findModel(model, catalog);
  if (kind === undefined || !known || known.withdrawn || isOfferedOn(known, kind)) return "";
  return account.existing
    ? ` Set account.name to an account of kind ${known.accountKinds!.join(" or ")}, or another model.`
    : ` Set account.kind to ${known.accountKinds!.join(" or ")}, or choose another model.`;
}

/** What the catalog knows of a model that is only deployed: another stack has trained it. */
export function deploymentConflicts({ model, deploy, catalogFile }: Settings): string[] {
  if (!deploy.enabled) return [];
  const { sku, capacity, baseModel } = deploy;
  try {
    const catalog = catalogFrom(catalogFile);
    const baseModelSku = baseModel.enabled ? baseModel.sku : undefined;
    const question = { model, deploymentSku: sku, capacity, baseModelSku };
    return supportProblems(question, catalog).flatMap(({ property, reason }) =>
      property === "model" ? [] : [`${settingOf[property]} can't be used: ${reason}`],
    );
  } catch (error) {
    return [`catalogFile can't be used: ${(error as Error).message}`];
  }
}

const settingOf: Record<SupportProblem["property"], string> = {
  model: "model",
  method: "method",
  trainingType: "trainingType",
  location: "location",
  deploymentSku: "deploy.sku",
  capacity: "deploy.capacity",
  baseModelSku: "deploy.baseModel.sku",
};
