import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checks } from "../checks";

interface Settings {
  /** @default ["owner", "costCenter"] */
  tags?: string[];
}

export const requiredTags: ResourceValidationPolicy = {
  name: "required-tags",
  description: "The account has the tags that identify it and its costs.",
  configSchema: {
    properties: { tags: { type: "array", items: { type: "string" }, default: ["owner", "costCenter"] } },
  },
  validateResource: checks<Settings>()("account", ({ props, settings }, report) => {
    const { tags = ["owner", "costCenter"] } = settings;
    // Names of tags have no case in Azure.
    const given = new Map(Object.entries(props.tags ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    const missing = tags.filter((tag) => !given.get(tag.toLowerCase())?.trim());
    if (missing.length > 0) report(`Tags are missing: ${missing.join(", ")}. Add them to \`tags\`.`);
  }),
};
