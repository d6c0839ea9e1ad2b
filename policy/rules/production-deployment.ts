import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checks } from "../checks";
import { isProduction, productionSchema, type ProductionSettings } from "../production";

export const productionDeployment: ResourceValidationPolicy = {
  name: "production-deployment",
  description:
    "In production, deployments are permanent, switch without downtime, and have only models that passed a gate.",
  configSchema: { properties: productionSchema },
  validateResource: [
    checks<ProductionSettings>()("deployment", ({ props, options, stack, settings }, report) => {
      if (!isProduction(stack, settings)) return;
      if (props.sku?.name?.toLowerCase() === "developertier")
        report("A DeveloperTier deployment is deleted by Azure after 24 hours. Choose another `deploy.sku`.");
      if (options.deleteBeforeReplace) {
        report(
          "The deployment is unavailable while it switches from the old model to the new one. To avoid this, set `deploy.switch: blueGreen`.",
        );
      }
    }),
    checks<ProductionSettings>()("trainedModel", ({ props: { gate }, stack, settings }, report) => {
      const gated = [gate?.maxValidationLoss, gate?.minTokenAccuracy, gate?.minReward].some(
        (limit) => limit !== undefined,
      );
      if (gated || !isProduction(stack, settings)) return;
      report(
        "Any model is deployed, however poor its results. Set `deploy.gate.maxValidationLoss` or `deploy.gate.minTokenAccuracy`; for reinforcement, set `deploy.gate.minReward`.",
      );
    }),
  ],
};
