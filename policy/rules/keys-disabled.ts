import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checks } from "../checks";

/** Keys can be copied and never expire; Microsoft Entra ID names who calls. */
export const keysDisabled: ResourceValidationPolicy = {
  name: "keys-disabled",
  description: "The account accepts no keys: only Microsoft Entra ID signs in.",
  validateResource: checks()("account", ({ props }, report) => {
    if (props.properties?.disableLocalAuth !== true) report("The account accepts keys. Set `localAuth: false`.");
  }),
};
