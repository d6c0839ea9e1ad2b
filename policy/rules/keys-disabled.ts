import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checksAccounts } from "../checks";

/** Keys can be copied and never expire; Microsoft Entra ID names who calls. */
export const keysDisabled: ResourceValidationPolicy = {
  name: "keys-disabled",
  description: "The account accepts no keys: only Microsoft Entra ID signs in.",
  validateResource: checksAccounts()(({ props }, report) => {
    if (props.properties?.disableLocalAuth !== true) report("The account accepts keys.", "Set `localAuth: false`.");
  }),
};
