import type { ResourceValidationPolicy } from "@pulumi/policy";
import { BASE_POLICY, weakerThanBase } from "../../catalog";
import { checks } from "../checks";

interface Settings {
  /** Categories that may be filtered less, e.g. `Violence`. @default none */
  weaker?: string[];
  /** Whether answers may be streamed before they are filtered. @default false */
  asynchronous?: boolean;
}

export const contentFilter: ResourceValidationPolicy = {
  name: "content-filter",
  description: "Content filters are at least as strict as Azure's default.",
  configSchema: {
    properties: {
      weaker: { type: "array", items: { type: "string" } },
      asynchronous: { type: "boolean", default: false },
    },
  },
  validateResource: checks<Settings>()("contentFilter", ({ props, settings }, report) => {
    const { weaker = [], asynchronous = false } = settings;
    const { contentFilters = [], mode = "Default" } = props.properties ?? {};
    for (const { how } of weakerThanBase(contentFilters).filter(({ name }) => !weaker.includes(name)))
      report(`The content filter is weaker than ${BASE_POLICY}: ${how}. Change \`contentFilter.filters\`.`);
    if ((mode === "Asynchronous_filter" || mode === "Deferred") && !asynchronous) {
      report(
        `The content filter is applied while answers are already being streamed (mode ${mode}). Remove \`contentFilter.mode\`.`,
      );
    }
  }),
};
