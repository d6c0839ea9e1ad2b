import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isBaseModelResource } from "../../dynamic-providers/runtime/resource-types";
import { checks, checksAccounts } from "../checks";

interface Settings {
  /** Deployment types. @default ["Standard", "DataZoneStandard"], which keep prompts in the region or its data zone */
  skus?: string[];
  /** Thousands of tokens per minute. @default 50 */
  maxCapacity?: number;
  /** Pricing tiers of the account. @default ["S0"] */
  accountSkus?: string[];
}

export const deploymentSize: ResourceValidationPolicy = {
  name: "deployment-size",
  description: "Deployment types, capacity and the account's tier are within the allowed values.",
  configSchema: {
    properties: {
      skus: { type: "array", items: { type: "string" }, default: ["Standard", "DataZoneStandard"] },
      maxCapacity: { type: "integer", minimum: 1, default: 50 },
      accountSkus: { type: "array", items: { type: "string" }, default: ["S0"] },
    },
  },
  validateResource: [
    ...checksAccounts<Settings>()(({ props: { sku }, settings: { accountSkus = ["S0"] } }, report) => {
      if (includes(accountSkus, sku?.name)) return;
      report(`The account's tier is ${sku?.name}; expected ${accountSkus.join(", ")}.`, "Change `account.sku`.");
    }),
    checks<Settings>()("deployment", ({ props: { sku }, name, settings }, report) => {
      const [what, group] = isBaseModelResource(name)
        ? ["the base model's deployment", "deploy.baseModel"]
        : ["the deployment", "deploy"];
      const { skus = ["Standard", "DataZoneStandard"], maxCapacity = 50 } = settings;
      if (!includes(skus, sku?.name))
        report(`The type of ${what} is ${sku?.name}; expected ${skus.join(", ")}. Change \`${group}.sku\`.`);
      if ((sku?.capacity ?? 0) > maxCapacity) {
        report(
          `The capacity of ${what} is ${sku?.capacity}; expected at most ${maxCapacity}. Lower \`${group}.capacity\`.`,
        );
      }
    }),
  ],
};

/** ARM takes SKU names in any case. */
function includes(allowed: string[], name: string | undefined): boolean {
  return allowed.some((one) => one.toLowerCase() === name?.toLowerCase());
}
