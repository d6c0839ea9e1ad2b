import type { ResourceValidationPolicy } from "@pulumi/policy";
import { findModel } from "../../catalog";
import { checks } from "../checks";

interface Settings {
  /** Base models, by any of their names. @default the catalog's models of the format OpenAI */
  models?: string[];
}

/** Models of other publishers, and gpt-oss, come under licenses of their own, which somebody has to accept. */
export const allowedModels: ResourceValidationPolicy = {
  name: "allowed-models",
  description: "Trained and promoted models are based on an allowed model.",
  configSchema: { properties: { models: { type: "array", items: { type: "string" }, minItems: 1 } } },
  validateResource: checks<Settings>()("costEstimate", ({ props: { model: name }, settings: { models } }, report) => {
    const model = findModel(name);
    const id = model?.id ?? name;
    if (models === undefined) {
      const { format = "OpenAI" } = model ?? {};
      if (format === "OpenAI") return;
      report(
        `The model is ${id}, which is deployed in the ${format} format; only OpenAI's models are expected. Choose another \`model\`, or list the allowed ones in the rule's \`models\`.`,
      );
    } else if (!models.some((allowed) => (findModel(allowed)?.id ?? allowed) === id)) {
      report(`The model is ${id}; expected ${models.join(", ")}. Choose another \`model\`.`);
    }
  }),
};
