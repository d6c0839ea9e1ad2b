import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checks } from "../checks";

interface Settings {
  /** Ceiling of hosting per month. USD. @default 1500: one deployment of an OpenAI model */
  maxUsdPerMonth?: number;
}

export const hostingCost: ResourceValidationPolicy = {
  name: "hosting-cost",
  description: "Hosting stays below the team's ceiling.",
  configSchema: { properties: { maxUsdPerMonth: { type: "number", minimum: 0, default: 1500 } } },
  validateResource: checks<Settings>()("costEstimate", ({ props, settings: { maxUsdPerMonth = 1500 } }, report) => {
    const sum = props.estimate.hostingUsdPerMonth;
    if (sum <= maxUsdPerMonth) return;
    report(
      `Hosting costs $${sum.toFixed(2)} a month; the ceiling is $${maxUsdPerMonth}. Set \`deploy.enabled: false\` while nobody uses the model, or choose another \`deploy.sku\`.`,
    );
  }),
};
