import { asObject, bodyObject } from "../http/request";
import type { World } from "../world/world";
import { KINDS } from "./account-body";
import { invalidRequestContent } from "./errors";
import { findRegion } from "./regions";
import { sameName } from "./resources";
import type { ArmCall, Route } from "./route";
import { subdomainFault, subdomainTaken } from "./subdomains";

const NAMESPACE = "Microsoft.CognitiveServices";
const BASE = `/subscriptions/:subscriptionId/providers/${NAMESPACE}`;

/** `checkDomainAvailability` and `checkSkuAvailability`: what would be refused, asked before. Their reasons' texts: guess. */
export function registerAvailability(route: Route, world: World): void {
  route("POST", `${BASE}/checkDomainAvailability`, `${NAMESPACE}/checkDomainAvailability/action`, (call) => {
    const { subdomainName, type, kind } = bodyObject(call.request);
    if (typeof subdomainName !== "string" || typeof type !== "string")
      throw invalidRequestContent("subdomainName and type are required.");
    const reason = subdomainFault(subdomainName) ?? subdomainTaken(world, subdomainName);
    return {
      isSubdomainAvailable: reason === undefined,
      ...(reason !== undefined && { reason }),
      subdomainName,
      type,
      kind,
    };
  });
  route(
    "POST",
    `${BASE}/locations/:location/checkSkuAvailability`,
    `${NAMESPACE}/locations/checkSkuAvailability/action`,
    checkSkus,
  );
}

function checkSkus({ request, param }: ArmCall) {
  const { skus, kind, type } = bodyObject(request);
  if (!Array.isArray(skus) || typeof kind !== "string" || typeof type !== "string")
    throw invalidRequestContent("skus (a list), kind and type are required.");
  const here = findRegion(param("location")) !== undefined && KINDS.some((known) => sameName(known, kind));
  return {
    value: skus.map((sku: unknown) => {
      const skuName = typeof sku === "string" ? sku : asObject(sku)?.name;
      if (typeof skuName !== "string") throw invalidRequestContent("skus must be a list of strings.");
      if (here && sameName(skuName, "S0")) return { kind, type, skuName, skuAvailable: true };
      const message = `The SKU '${skuName}' of kind '${kind}' is not available in '${param("location")}'.`;
      return { kind, type, skuName, skuAvailable: false, reason: "NotAvailableForSubscription", message };
    }),
  };
}
