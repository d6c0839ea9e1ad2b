import type { ResourceValidationPolicy } from "@pulumi/policy";
import { findModel } from "../../catalog";
import { checks } from "../checks";

interface Settings {
  /** Days before a date of retirement from which a model is refused. @default 90 */
  days?: number;
  /** Day to compare with, YYYY-MM-DD. @default today */
  today?: string;
}

const ends = { training: "can no longer be fine-tuned", deployments: "is no longer served" } as const;
const day = 24 * 60 * 60 * 1000;

/** Tuning takes weeks to plan, test and move; a model that goes soon is not worth the money. Dates are the catalog's. */
export const modelRetirement: ResourceValidationPolicy = {
  name: "model-retirement",
  description: "Base models that are about to be retired are not used for training.",
  configSchema: {
    properties: {
      days: { type: "integer", minimum: 0, default: 90 },
      today: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    },
  },
  validateResource: checks<Settings>()("fineTuningJob", ({ props, settings: { days = 90, today } }, report) => {
    const model = findModel(props.model);
    const from = today ? Date.parse(today) : Date.now();
    for (const key of ["training", "deployments"] as const) {
      const date = model?.retirement[key];
      const left = date ? Math.ceil((Date.parse(date) - from) / day) : Infinity;
      if (left > days) continue;
      report(
        `From ${date}, ${model!.id} ${ends[key]} (${left} days left; at least ${days} required). Choose another \`model\`.`,
      );
    }
  }),
};
