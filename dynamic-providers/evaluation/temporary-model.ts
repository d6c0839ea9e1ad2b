import {
  baseDeploymentProblem,
  baseRetired,
  type Catalog,
  findModel,
  isProvisioned,
  modelAndVersion,
} from "../../catalog";
import { EvaluationRefusal } from "../../evaluation/refusal";
import type { NewDeployment } from "../../azure-openai/account-control";
import type { EvaluationArgs } from "./schema";

/** A deployment that is made for an evaluation, without its name. */
export type TemporaryModel = Omit<NewDeployment, "name">;

/** Paid by the token alone, and gone by itself after 24 hours. */
const DEVELOPER_TIER = "DeveloperTier";

/** How a tuned model is deployed for an evaluation: on the developer tier where its base model has it, else as the stack deploys it. */
export function temporaryTuned(args: EvaluationArgs, model: string, catalog: Catalog): TemporaryModel {
  const { baseModel, deployment, capacity } = args;
  const base = findModel(baseModel, catalog);
  const name = base?.deploymentSkus.includes(DEVELOPER_TIER) ? DEVELOPER_TIER : deployment.sku;
  const least = isProvisioned(name) ? (base?.provisionedUnits ?? 1) : 1;
  return {
    model: { name: model, version: "1" },
    sku: { name, capacity: Math.max(capacity ?? least, least) },
    raiPolicyName: deployment.raiPolicyName,
  };
}

/**
 * How the base model is deployed for an evaluation: with the first type that it has in the region.
 *
 * @throws EvaluationRefusal where it can't be deployed any more, or not there
 */
export function temporaryBase(args: EvaluationArgs, catalog: Catalog, today: Date): TemporaryModel {
  const { baseModel, location, deployment, capacity = 1 } = args;
  const base = findModel(baseModel, catalog);
  const instead = "remove base from evaluation.against, or name a deployment that serves it";
  const retired = base && baseRetired(base, today);
  if (base && retired) {
    throw new EvaluationRefusal(
      `evaluation.against has base, but the base model ${base.id} was retired on ${base.retirement.base} and can't be deployed (ServiceModelDeprecated): ${instead}.`,
    );
  }
  const problem = baseDeploymentProblem({ model: baseModel, sku: "Standard", location }, catalog);
  const [allowed] = problem ? problem.allowed : ["Standard"];
  if (allowed === undefined)
    throw new EvaluationRefusal(`evaluation.against has base, but ${lowerFirst(problem!.what)}: ${instead}.`);
  return {
    model: modelAndVersion(base?.id ?? baseModel),
    sku: { name: allowed, capacity },
    raiPolicyName: deployment.raiPolicyName,
  };
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
