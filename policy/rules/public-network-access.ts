import type { ResourceValidationPolicy } from "@pulumi/policy";
import { checksAccounts } from "../checks";

interface Settings {
  /** `restricted`: public access needs network rules that deny by default. `disabled`: private endpoints only. */
  allow?: "restricted" | "disabled";
}

export const publicNetworkAccess: ResourceValidationPolicy = {
  name: "public-network-access",
  description: "The account cannot be reached from every network.",
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
        "Everyone can reach the account.",
        "Set `network.networkAcls.defaultAction: Deny` with the addresses and subnets that are allowed, or `network.publicNetworkAccess: Disabled`.",
      );
    }
  }),
};
