import type { StackValidationPolicy, ResourceValidationPolicy } from "@pulumi/policy";
import { checks, propsOf } from "../checks";

/** For teams whose accounts must have one; a private endpoint of somebody else's is not seen. Off unless `required` is true. */
export const privateEndpoint: StackValidationPolicy = {
  name: "private-endpoint",
  description: "The account has a private endpoint that the stack manages.",
  configSchema: { properties: { required: { type: "boolean", default: false } } },
  validateStack: (args, report) => {
    if (!args.getConfig<{ required?: boolean }>().required) return;
    if (propsOf("account", args.resources).length === 0 || propsOf("privateEndpoint", args.resources).length > 0)
      return;
    report(
      "The account has no private endpoint. Set `network.privateEndpoint.subnetId`; in a program of your own, add a PrivateEndpoint.",
    );
  },
};

/** Categories that an account must send to a workspace. None by default, so that the rule is off. */
export const diagnostics: StackValidationPolicy = {
  name: "diagnostics",
  description: "The account's logs and metrics in the listed categories are sent to a Log Analytics workspace.",
  configSchema: { properties: { categories: { type: "array", items: { type: "string" }, default: [] } } },
  validateStack: (args, report) => {
    const { categories = [] } = args.getConfig<{ categories?: string[] }>();
    if (propsOf("account", args.resources).length === 0) return;
    const sent = propsOf("diagnosticSetting", args.resources).flatMap(({ logs = [], metrics = [] }) =>
      [...logs, ...metrics].filter(({ enabled }) => enabled !== false).map(({ category }) => category),
    );
    const missing = categories.filter((one) => !sent.includes(one));
    if (missing.length > 0) {
      report(
        `The account doesn't send the categories ${missing.join(", ")} to a workspace. Set \`diagnostics.workspaceId\` and \`diagnostics.categories\`.`,
      );
    }
  },
};

/** For teams whose data must be encrypted with their own key. Off unless `required` is true. */
export const customerKey: ResourceValidationPolicy = {
  name: "customer-key",
  description: "The account's data is encrypted with the team's own key.",
  configSchema: { properties: { required: { type: "boolean", default: false } } },
  validateResource: checks<{ required?: boolean }>()("account", ({ props, settings: { required = false } }, report) => {
    const { keySource } = props.properties?.encryption ?? {};
    if (required && keySource !== "Microsoft.KeyVault")
      report("The account is encrypted with Microsoft's keys. Set `encryption` to a key in Key Vault.");
  }),
};
