import type { ResourceValidation, ResourceValidationPolicy } from "@pulumi/policy";
import { checks } from "../checks";
import { isProduction, productionSchema, type ProductionSettings } from "../production";

interface Settings extends ProductionSettings {
  /** What must be protected. @default ["account", "deployment"] */
  protect?: ("account" | "deployment")[];
}

export const protectedProduction: ResourceValidationPolicy = {
  name: "protected-production",
  description: "In production, the account and the deployment can't be deleted or replaced by accident.",
  configSchema: {
    properties: {
      ...productionSchema,
      protect: {
        type: "array",
        items: { type: "string", enum: ["account", "deployment"] },
        default: ["account", "deployment"],
      },
    },
  },
  validateResource: [protectedKind("account"), protectedKind("deployment")],
};

const remedies = {
  account: "Set `account.protect: true`.",
  deployment:
    "Give it Pulumi's `protect` option in components/model-deployment.ts, or let the rule require it for the account only (`protect`).",
};

function protectedKind(kind: "account" | "deployment"): ResourceValidation {
  return checks<Settings>()(kind, ({ options, stack, settings }, report) => {
    const { protect = ["account", "deployment"] } = settings;
    if (!protect.includes(kind) || options.protect || !isProduction(stack, settings)) return;
    report(`The ${kind} is not protected. ${remedies[kind]}`);
  });
}
