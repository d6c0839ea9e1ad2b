import { z } from "zod";
import { overrideCatalog, shippedCatalog, supportProblems, type SupportQuestion } from "../catalog";
import { defaultDeploymentName } from "./default-names";
import { hyperparametersOf } from "./hyperparameters";
import { sentences } from "./sentences";
import type { Settings } from "./settings";

/** What is wrong between settings that are fine each for itself: one sentence each. */
export function conflicts(settings: Settings): string[] {
  return [hyperparameterConflicts, graderConflicts, nameConflicts, catalogConflicts].flatMap((rule) => rule(settings));
}

function hyperparameterConflicts({ method, hyperparameters = {} }: Settings): string[] {
  const given = { hyperparameters };
  const result = z.object({ hyperparameters: hyperparametersOf[method] }).safeParse(given);
  return result.success ? [] : sentences(result.error, given);
}

function graderConflicts({ method, grader, responseFormat, dataset, existingJobId }: Settings): string[] {
  if (method === "reinforcement") {
    const missing = grader ? [] : ["grader is missing; method reinforcement needs one, as the service takes it."];
    // Required for reinforcement (MicrosoftDocs/azure-ai-docs how-to/reinforcement-fine-tuning, 2026-10); an adopted job has its files.
    if (!dataset.validation && !existingJobId)
      missing.push("dataset.validation is missing; method reinforcement needs a validation file.");
    return missing;
  }
  return Object.entries({ grader, responseFormat })
    .filter(([, value]) => value)
    .map(([name]) => `${name} is set, but method is "${method}"; remove it, or set method to reinforcement.`);
}

/** Longest name of a deployment, and what blueGreen appends: a dash and 6 hex. */
const longestName = 64;
const appended = 7;

function nameConflicts({ deploy, model }: Settings): string[] {
  const name = deploy.name ?? defaultDeploymentName(model);
  const longest = deploy.switch === "blueGreen" ? longestName - appended : longestName;
  return name.length <= longest
    ? []
    : [`deploy.name is "${name}"; with deploy.switch ${deploy.switch} at most ${longest} characters are allowed.`];
}

/** What the catalog knows the service to refuse, found before anything is paid. */
function catalogConflicts({ model, method, trainingType, location, deploy, catalogFile }: Settings): string[] {
  const deploymentSku = deploy.enabled ? deploy.sku : undefined;
  try {
    const catalog = catalogFile ? overrideCatalog(catalogFile) : shippedCatalog;
    const problems = supportProblems({ model, method, trainingType, location, deploymentSku }, catalog);
    return problems.map(({ property, reason }) => `${settingOf[property]} is refused: ${reason}`);
  } catch (error) {
    return [`catalogFile is refused: ${(error as Error).message}`];
  }
}

const settingOf: Record<keyof SupportQuestion, string> = {
  model: "model",
  method: "method",
  trainingType: "trainingType",
  location: "location",
  deploymentSku: "deploy.sku",
};
