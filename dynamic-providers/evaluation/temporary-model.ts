import type { Deployment } from "@azure/arm-cognitiveservices";
import { sameAccount } from "../../azure-openai/account-reference";
import {
  baseDeploymentProblem,
  baseRetired,
  type Catalog,
  findModel,
  isProvisioned,
  modelAndVersion,
} from "../../catalog";
import type { EvaluationArgs } from "./schema";

/** A deployment that is made for an evaluation, without its name. */
export interface TemporaryModel {
  /** `format` where it is not `OpenAI`; `source`: ARM ID of the account on which it was tuned, where it is another one. */
  model: { format?: string; name: string; version?: string; source?: string };
  /** Deployment type, and thousands of tokens per minute or throughput units. */
  sku: { name: string; capacity: number };
  /** Content filter. Default: the service's own. */
  raiPolicyName?: string;
}

/** Paid by the token alone, and gone by itself after 24 hours. */
const DEVELOPER_TIER = "DeveloperTier";

/** How a tuned model is deployed for an evaluation: on the developer tier where its base model has it, else as the stack deploys it. */
export function temporaryTuned(
  args: Pick<EvaluationArgs, "baseModel" | "deployment" | "capacity"> &
    Partial<Pick<EvaluationArgs, "accountId" | "sourceAccount">>,
  model: string,
  catalog: Catalog,
): TemporaryModel {
  const { baseModel, deployment, capacity, accountId = "", sourceAccount: source } = args;
  const base = findModel(baseModel, catalog);
  const name = base?.deploymentSkus.includes(DEVELOPER_TIER) ? DEVELOPER_TIER : deployment.sku;
  const least = isProvisioned(name) ? (base?.provisionedUnits ?? 1) : (base?.leastCapacity ?? 1);
  return {
    model: {
      ...(base?.format !== undefined && { format: base.format }),
      ...{ name: model, version: "1" },
      ...(source !== undefined && !sameAccount(source, accountId) && { source }),
    },
    sku: { name, capacity: Math.max(capacity ?? least, least) },
    raiPolicyName: deployment.raiPolicyName,
  };
}

/** How the base model is deployed for an evaluation: with the first type that it has in the region. `problem`: why it can't be. */
export function temporaryBase(
  args: EvaluationArgs,
  catalog: Catalog,
  today: Date,
): { temporary: TemporaryModel; problem?: string } {
  const { baseModel, location, deployment, capacity = 1 } = args;
  const base = findModel(baseModel, catalog);
  const unlisted = baseDeploymentProblem({ model: baseModel, sku: "Standard", location }, catalog);
  const [allowed] = unlisted ? unlisted.allowed : ["Standard"];
  const temporary = {
    model: modelAndVersion(base?.id ?? baseModel),
    sku: { name: allowed ?? "Standard", capacity },
    raiPolicyName: deployment.raiPolicyName,
  };
  const retired =
    base && baseRetired(base, today)
      ? `the base model ${base.id} was retired on ${base.retirement.base} and can't be deployed (ServiceModelDeprecated)`
      : undefined;
  const reason = retired ?? (allowed === undefined ? lowerFirst(unlisted!.what) : undefined);
  if (reason === undefined) return { temporary };
  const instead = "remove base from evaluation.against, or replace it with the name of a deployment of that model";
  return { temporary, problem: `evaluation.against contains base, but ${reason}: ${instead}.` };
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** A temporary deployment as Resource Manager takes and shows it. */
export function asDeployed({ model, sku, raiPolicyName }: TemporaryModel): Pick<Deployment, "sku" | "properties"> {
  const filter = raiPolicyName === undefined ? {} : { raiPolicyName };
  return { sku, properties: { model: { format: "OpenAI", ...model }, ...filter } };
}
