import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checks } from "../checks";
import { isProduction, productionSchema, type ProductionSettings } from "../production";

/** For teams whose production serves what another stack has trained and evaluated. It applies to the stacks that are named, and without a name to none. */
export const promotedOnly: ResourceValidationPolicy = {
  name: "promoted-only",
  description: "The listed stacks train nothing; they deploy a version that another stack trained.",
  configSchema: { properties: { stacks: { ...productionSchema.stacks, default: [] } } },
  validateResource: checks<ProductionSettings>()("fineTuningJob", ({ stack, settings: { stacks = [] } }, report) => {
    if (!isProduction(stack, { stacks })) return;
    report(
      `The stack ${stack} trains its own model. Set \`promote.stack\` to the stack that trains it, and remove the training settings.`,
    );
  }),
};
