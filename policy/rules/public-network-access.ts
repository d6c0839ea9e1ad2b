import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checksAccounts } from "../checks";

interface Settings {
  /** `restricted`: public access needs network rules that deny by default. `disabled`: private endpoints only. */
  allow?: "restricted" | "disabled";
}

export const publicNetworkAccess: ResourceValidationPolicy = {
  name: "public-network-access",
  description: "The account is not open to all networks.",
  configSchema: { properties: { allow: { type: "string", enum: ["restricted", "disabled"], default: "restricted" } } },
  validateResource: checksAccounts<Settings>()(({ props, settings: { allow = "restricted" } }, report) => {
    const { publicNetworkAccess = "Enabled", networkAcls } = props.properties ?? {};
    if (publicNetworkAccess === "Disabled") return;
    if (allow === "disabled") {
      report(
        `publicNetworkAccess is ${publicNetworkAccess}.`,
        "Set `network.publicNetworkAccess: Disabled` and reach the account through a private endpoint.",
      );
    } else if (networkAcls?.defaultAction !== "Deny") {
      report(
        "The account can be reached from any network.",
        "Set `network.networkAcls.defaultAction: Deny` with the addresses and subnets that are allowed, or `network.publicNetworkAccess: Disabled`.",
      );
    }
  }),
};
