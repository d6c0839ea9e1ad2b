import { exactUsd, usd, usdRange } from "../../format/money";
import type { CostEstimateArgs, CostEstimateInputs } from "./schema";

type Estimate = CostEstimateInputs["estimate"];
type Budget = CostEstimateArgs["budget"];

/** What speaks against a training whose estimate is over the ceiling: the sum and what to do. The upper end of a range counts. */
export function trainingOverBudget({ trainingUsd }: Estimate, budget: Budget): string | undefined {
  const ceiling = budget?.maxTrainingUsd;
  if (ceiling === undefined) return undefined;
  if (!trainingUsd)
    return `budget.maxTrainingUsd is ${exactUsd(ceiling)}, but the catalog has no price to compare with. Add the price in \`catalogFile\`, or remove budget.maxTrainingUsd.`;
  if (trainingUsd.high <= ceiling) return undefined;
  const ways =
    "Raise budget.maxTrainingUsd, lower hyperparameters.nEpochs, use fewer examples, a smaller model or a cheaper trainingType";
  return `Training would cost ${usdRange(trainingUsd)}, over budget.maxTrainingUsd of ${exactUsd(ceiling)}. ${ways}.`;
}

/** The same for hosting. */
export function hostingOverBudget(estimate: Estimate, budget: Budget): string | undefined {
  const ceiling = budget?.maxHostingUsdPerMonth;
  if (ceiling === undefined || estimate.hostingUsdPerMonth <= ceiling) return undefined;
  const sum = `${usd(estimate.hostingUsdPerMonth)} a month (${usd(estimate.hostingUsdPerHour)} an hour)`;
  const ways =
    "Raise budget.maxHostingUsdPerMonth, set deploy.enabled to false, or use deploy.sku DeveloperTier where the model allows it";
  return `Hosting would cost ${sum}, over budget.maxHostingUsdPerMonth of ${exactUsd(ceiling)}. ${ways}.`;
}
