import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checksAccounts } from "../checks";

/** Keys can be copied and never expire; Microsoft Entra ID names who calls. */
export const keysDisabled: ResourceValidationPolicy = {
  name: "keys-disabled",
  description: "API keys are disabled on the account, so sign-in is through Microsoft Entra ID only.",
  validateResource: checksAccounts()(({ props }, report) => {
    if (props.properties?.disableLocalAuth !== true) {
      report(
        "API keys are enabled on this account.",
        "To allow only Microsoft Entra ID sign-in, set `localAuth: false`.",
      );
    }
  }),
};
