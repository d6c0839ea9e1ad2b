import type { ResourceValidationPolicy } from "@pulumi/policy";
import { extraMembers } from "../../dynamic-providers/fine-tuning-job/extra-body";
import { checks } from "../checks";

interface Settings {
  /** Paths of fields that are accepted, e.g. `method.supervised.hyperparameters.rank`. @default none */
  fields?: string[];
}

/** What the stack doesn't know it can't check: neither its price nor its meaning. Names the fields, never their values. */
export const extraRequestFields: ResourceValidationPolicy = {
  name: "extra-request-fields",
  description: "The job's request uses only fields that the stack knows (job.extraBody adds none).",
  enforcementLevel: "advisory",
  configSchema: { properties: { fields: { type: "array", items: { type: "string" } } } },
  validateResource: checks<Settings>()("fineTuningJob", ({ props, settings: { fields = [] } }, report) => {
    const paths = extraMembers(props.extraBody).map(([path]) => path.join("."));
    for (const path of paths.filter((one) => !fields.includes(one))) {
      report(
        `The job's request contains ${path} (job.extraBody), which this stack neither checks nor prices. Remove it, or allow it in the rule's \`fields\`.`,
      );
    }
  }),
};
