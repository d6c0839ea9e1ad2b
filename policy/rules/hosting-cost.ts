import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { checks, propsOf } from "../checks";

interface Settings {
  /** Ceiling of hosting all models of the stack, per month. USD. @default 1500: one deployment of an OpenAI model */
  maxUsdPerMonth?: number;
}

const DEFAULT = 1500;
const advice =
  "Set `deploy.enabled: false` while nobody uses the model, or choose another `deploy.sku`; in a program of your own, leave out the ModelDeployment or change its `sku`.";

/** Each model is checked as soon as it is priced, before anything is created; the sum of several, when the whole program is known. */
export const hostingCost: ResourceValidationPolicy & StackValidationPolicy = {
  name: "hosting-cost",
  description: "Hosting stays below the team's limit.",
  configSchema: { properties: { maxUsdPerMonth: { type: "number", minimum: 0, default: DEFAULT } } },
  validateResource: checks<Settings>()("costEstimate", ({ props, settings: { maxUsdPerMonth = DEFAULT } }, report) => {
    const sum = props.estimate.hostingUsdPerMonth;
    if (sum <= maxUsdPerMonth) return;
    report(`Hosting costs $${sum.toFixed(2)} a month; the limit is $${maxUsdPerMonth}. ${advice}`);
  }),
  validateStack: (args, report) => {
    const { maxUsdPerMonth = DEFAULT } = args.getConfig<Settings>();
    const hosted = propsOf("costEstimate", args.resources)
      .map(({ estimate }) => estimate.hostingUsdPerMonth)
      .filter((usd) => usd > 0);
    const sum = hosted.reduce((total, usd) => total + usd, 0);
    // One alone has been reported.
    if (hosted.length < 2 || sum <= maxUsdPerMonth) return;
    report(
      `Hosting ${hosted.length} models costs $${sum.toFixed(2)} a month; the limit is $${maxUsdPerMonth}. ${advice}`,
    );
  },
};
