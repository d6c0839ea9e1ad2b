import {
  type Catalog,
  type CatalogModel,
  findModel,
  type HostingCost,
  priceBaseDeployment,
  priceHosting,
  priceTraining,
  type Range,
  supportProblems,
  type TrainingCost,
  trainingTypeOf,
} from "../../catalog";
import type { BaseModelEstimate, CostEstimateArgs, CostEstimateInputs } from "./schema";

type Estimate = CostEstimateInputs["estimate"];

/** A problem that hangs on one of the resource's properties. */
export interface Problem {
  property: string;
  reason: string;
}

/**
 * Everything about the combination that the catalog knows to be refused; arguments that are not known yet are left out. Whether a model that is
 * there can be served is a question for Azure, which knows more than the catalog.
 */
export function refusals(args: Partial<CostEstimateArgs>, catalog: Catalog): Problem[] {
  const { model, method, trainingType, location, deploymentSku, deploy } = args;
  if (model === undefined || args.hostingOnly) return [];
  const sku = deploy === true ? deploymentSku : undefined;
  const asked = { model, method, trainingType, location, deploymentSku: sku, baseModelSku: args.baseModel?.sku };
  const capacity = deploy === true ? args.capacity : undefined;
  return supportProblems({ ...asked, capacity, accountKind: args.accountKind ?? "OpenAI" }, catalog);
}

/**
 * Cost of training and hosting, and what speaks against the run. No estimate when model or training type is not known at all. Money is
 * rounded to cents, so that the state holds no noise of floating point.
 */
export function estimateCost(args: CostEstimateArgs, catalog: Catalog): { estimate?: Estimate; problems: Problem[] } {
  const { deploymentSku, deploy, model, location } = args;
  const problems = refusals(args, catalog);
  const base = findModel(model, catalog);
  const training = base && trainingCost(base, args, catalog);
  if (!base || !training) return { problems };

  problems.push(...tokenProblems(training.trainingTokens, training.epochs, catalog));
  const units = { location, capacity: args.capacity ?? base.provisionedUnits ?? 0 };
  const hosting: HostingCost = deploy
    ? priceHosting(base, deploymentSku, catalog, units)
    : { usdPerHour: 0, usdPerMonth: 0 };
  const baseModel = args.baseModel && estimateBaseModel(base, args.baseModel, location, catalog);
  const hourly = hosting.usdPerHour + (baseModel?.usdPerHour ?? 0);
  const estimate: Estimate = {
    epochs: training.epochs,
    trainingTokens: training.trainingTokens,
    trainingUsd: training.usd ? { low: cents(training.usd.low), high: cents(training.usd.high) } : null,
    ...(training.hours && { trainingHours: training.hours }),
    hostingUsdPerHour: cents(hourly),
    hostingUsdPerMonth: cents(hourly * catalog.prices.hoursPerMonth),
    ...(baseModel && { baseModel }),
    priceDate: catalog.prices.asOf,
    assumptions: [...training.assumptions, ...(hosting.assumption ? [hosting.assumption] : [])],
  };
  return { estimate, problems };
}

const NOTHING: Range = { low: 0, high: 0 };
const UNTRAINED: TrainingCost = { epochs: NOTHING, trainingTokens: NOTHING, usd: NOTHING, assumptions: [] };

/** @returns undefined where the training type is not known at all */
function trainingCost(model: CatalogModel, args: CostEstimateArgs, catalog: Catalog): TrainingCost | undefined {
  if (args.hostingOnly) return UNTRAINED;
  const { trainingType = "", trainingTokens: tokens = 0, epochs = "auto", location, examples, method } = args;
  const type = trainingTypeOf(trainingType);
  const { graderModels } = args;
  return (
    type &&
    priceTraining({ model, trainingType: type, location, tokens, epochs, examples, method, graderModels }, catalog)
  );
}

function estimateBaseModel(
  model: CatalogModel,
  { sku, capacity = 0 }: NonNullable<CostEstimateArgs["baseModel"]>,
  location: string,
  catalog: Catalog,
): BaseModelEstimate {
  const { perMillionTokens, usdPerHour } = priceBaseDeployment(model, { sku, location, capacity }, catalog);
  return { model: model.id, sku, perMillionTokens: perMillionTokens ?? null, usdPerHour: cents(usdPerHour) };
}

/** The service refuses a run of more tokens x epochs (quotas-limits.md, 2026-02-17). With auto epochs the least counts. */
function tokenProblems(tokens: Range, epochs: Range, catalog: Catalog): Problem[] {
  const limit = catalog.limits.maxTokensTimesEpochs;
  if (tokens.low <= limit) return [];
  const sum = `Tokens x epochs come to ${format(tokens.low)} (${epochs.low} epochs), which is over the service's limit of ${format(limit)}`;
  return [
    {
      property: "trainingTokens",
      reason: `${sum}. Use fewer or shorter examples, or lower hyperparameters.nEpochs.`,
    },
  ];
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}

function format(number: number): string {
  return number.toLocaleString("en-US");
}
