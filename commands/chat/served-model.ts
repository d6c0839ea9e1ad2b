import path from "node:path";
import {
  type Catalog,
  findModel,
  type InferenceRate,
  inferenceRate,
  isProvisioned,
  modelFormat,
  priceHosting,
  readableCatalog,
} from "../../catalog";
import type { CostEstimateState } from "../../dynamic-providers/cost-estimate/schema";
import { finetuneType, isDeployment } from "../../dynamic-providers/runtime/resource-types";
import { usd } from "../../format/money";
import { stackAccount } from "../../stack/stack-account";
import { resourcesOfType, type StackExport } from "../../stack/stack-state";

/** The model that answers, and its price. */
export interface ServedModel {
  /** Name of the model; of the deployment if the state does not have it. */
  model: string;
  /** `model.format` of the deployment. */
  format: string;
  deploymentName: string;
  /** `Standard in northcentralus` */
  place: string;
  /** Undefined if tokens are not billed, or the catalog has no price. */
  rate?: InferenceRate;
  /** A sentence without its full stop, e.g. `$0.165 per 1M tokens in, $0.66 out`. */
  price: string;
}

interface DeploymentOutputs {
  name?: string;
  sku?: { name?: string; capacity?: number };
  properties?: { model?: { name?: string; format?: string } };
}

/**
 * One of a stack's deployments from its state, priced from the catalog.
 *
 * @param folder - of the stack's project: paths in its state are relative to it
 */
export function servedModel(state: StackExport, deploymentName: string, folder = "."): ServedModel {
  const deployments = resourcesOfType(state, isDeployment).map(({ outputs }) => outputs as DeploymentOutputs);
  const { sku, properties } = deployments.find((one) => one?.name === deploymentName) ?? {};
  const model = properties?.model?.name ?? deploymentName;
  const location = stackAccount(state)?.location;
  const type = sku?.name ?? "";
  const format = properties?.model?.format ?? modelFormat(model);
  const served = { model, format, deploymentName, place: [type, location].filter(Boolean).join(" in ") };
  const catalog = catalogOf(state, folder);
  const base = findModel(model, catalog);
  if (!base) return { ...served, price: `no price in the catalog for ${model}` };
  const units = { location: location ?? "", capacity: sku?.capacity ?? 0 };
  const hosting = `${usd(priceHosting(base, type, catalog, units).usdPerHour)} an hour`;
  const dated = `(prices of ${catalog.prices.asOf})`;
  if (isProvisioned(type)) {
    return {
      ...served,
      price: `${hosting} for ${units.capacity} throughput units, regardless of the number of tokens ${dated}`,
    };
  }
  const rate = inferenceRate({ model: base, deploymentSku: type, location: location ?? "" }, catalog);
  const tokens = rate
    ? `${precise(rate.input)} per 1M tokens in, ${precise(rate.output)} per 1M tokens out`
    : `no token price for ${type || "this type of deployment"}`;
  return { ...served, rate, price: `${tokens}; hosting ${hosting}, whether used or not ${dated}` };
}

/** The catalog of the stack's settings; the shipped one if that file is not available here. */
function catalogOf(state: StackExport, folder: string): Catalog {
  const estimate = resourcesOfType(state, finetuneType("CostEstimate"))[0]?.outputs as CostEstimateState | undefined;
  return readableCatalog(estimate?.catalogFile && path.resolve(folder, estimate.catalogFile));
}

/** An amount with as many decimals as the price list has, e.g. `$0.165`, `$8.80`. */
export function precise(amount: number): string {
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 4 })}`;
}
