import type { Deployment } from "@azure/arm-cognitiveservices";
import { isTunedName } from "../../azure-openai/model-names";
import {
  type Catalog,
  type CatalogModel,
  findModel,
  type InferenceRate,
  inferenceRate,
  isProvisioned,
  refusedParameters,
} from "../../catalog";
import type { Subject } from "./subject";

/** Azure's filter of deployments that name none. */
const DEFAULT_FILTER = /^Microsoft\.Default/i;

/** A deployment as Resource Manager shows it, or as it is going to be made. */
export type DeployedModel = Pick<Deployment, "sku" | "properties">;

/** What an evaluation needs to know of the model behind a deployment. @param location - region of the account, for prices */
export function deployedSubject(
  deployment: DeployedModel,
  location: string,
  catalog: Catalog,
): Pick<Subject, "model" | "sampled" | "rate"> {
  const model = answersAs(deployment);
  const base = baseOf(deployment, catalog);
  if (!base) return { model };
  const type = deployment.sku?.name ?? "";
  const free: InferenceRate = { input: 0, output: 0 };
  const rate = isProvisioned(type) ? free : inferenceRate({ model: base, deploymentSku: type, location }, catalog);
  return { model, rate, sampled: !refusedParameters(base).includes("temperature") };
}

/** What a deployment's answers are kept under: its model, and its content filter where it is not the service's own. */
export function answersAs({ properties }: Pick<DeployedModel, "properties">): string {
  const { name = "", version = "" } = properties?.model ?? {};
  const filter = properties?.raiPolicyName;
  const filtered = filter && !DEFAULT_FILTER.test(filter) ? ` with the filter ${filter}` : "";
  return `${isTunedName(name) ? name : `${name}@${version}`}${filtered}`;
}

/** A base model's version is beside its name; a tuned one's is in it. */
export function baseOf({ properties }: Pick<DeployedModel, "properties">, catalog: Catalog): CatalogModel | undefined {
  const { name = "", version = "" } = properties?.model ?? {};
  return findModel(`${name}-${version}`, catalog) ?? findModel(name, catalog);
}
