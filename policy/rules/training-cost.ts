import type { ResourceValidationPolicy } from "@pulumi/policy";
import { tokenCountCaveat } from "../../catalog";
import { checks } from "../checks";

interface Settings {
  /** Ceiling of one training run. USD. @default 500 */
  maxUsd?: number;
}

export const trainingCost: ResourceValidationPolicy = {
  name: "training-cost",
  description: "The cost of a training run stays within the team's limit.",
  configSchema: { properties: { maxUsd: { type: "number", minimum: 0, default: 500 } } },
  validateResource: checks<Settings>()(
    "costEstimate",
    ({ props: { model, estimate }, settings: { maxUsd = 500 } }, report) => {
      if (!estimate.trainingUsd) {
        report("The catalog has no price for this training. Add one in `catalogFile`.");
      } else if (estimate.trainingUsd.high > maxUsd) {
        report(
          `Training may cost $${estimate.trainingUsd.high.toFixed(2)}; the limit is $${maxUsd}.${caveatOf(model)} Use fewer examples or epochs, a smaller model or a cheaper \`trainingType\`.`,
        );
      }
    },
  ),
};

/** Of models whose tokens can't be counted exactly here, a sentence that says so. */
function caveatOf(name: string): string {
  const caveat = tokenCountCaveat(name);
  return caveat === undefined ? "" : ` ${caveat}`;
}
