import { usd, usdRange } from "../usd";
import type { Problem } from "./estimate";
import type { CostEstimateArgs, CostEstimateInputs } from "./schema";

/** Failures of a preview whose estimate is over a ceiling, each with the sum and the ways out. The upper end of a range counts. */
export function budgetFailures(
  estimate: CostEstimateInputs["estimate"],
  budget: CostEstimateArgs["budget"],
): Problem[] {
  const failures: Problem[] = [];
  const { maxTrainingUsd, maxHostingUsdPerMonth } = budget ?? {};
  if (maxTrainingUsd !== undefined) {
    const training = estimate.trainingUsd;
    if (!training) {
      const reason = `budget.maxTrainingUsd is $${maxTrainingUsd}, but the catalog has no price to compare with. Add the price in \`catalogFile\`, or remove the ceiling.`;
      failures.push({ property: "budget", reason });
    } else if (training.high > maxTrainingUsd) {
      const ways =
        "Raise budget.maxTrainingUsd, set hyperparameters.nEpochs lower, use fewer examples, a smaller model or a cheaper trainingType";
      failures.push({
        property: "budget",
        reason: `Training would cost ${usdRange(training)}, over budget.maxTrainingUsd of ${usd(maxTrainingUsd)}. ${ways}.`,
      });
    }
  }
  if (maxHostingUsdPerMonth !== undefined && estimate.hostingUsdPerMonth > maxHostingUsdPerMonth) {
    const sum = `${usd(estimate.hostingUsdPerMonth)} a month (${usd(estimate.hostingUsdPerHour)} an hour)`;
    const ways =
      "Raise budget.maxHostingUsdPerMonth, set deploy.enabled to false, or use deploy.sku DeveloperTier where the model allows it";
    const ceiling = usd(maxHostingUsdPerMonth);
    failures.push({
      property: "budget",
      reason: `Hosting would cost ${sum}, over budget.maxHostingUsdPerMonth of ${ceiling}. ${ways}.`,
    });
  }
  return failures;
}
