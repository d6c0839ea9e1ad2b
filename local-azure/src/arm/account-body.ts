import { createHash } from "node:crypto";
import { AzureError } from "../http/azure-error";
import { asObject } from "../http/request";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import { invalidRequestContent } from "./errors";
import { ACCOUNT_TYPE, sameName } from "./resources";
import { findRegion, regions } from "./regions";
import { checkBody } from "./request-bodies/check";
import { subdomainFault } from "./subdomains";
import { readTags } from "./tags";

/** What a PUT or PATCH says about an account, checked; absent members were not sent. */
export interface AccountBody {
  location?: string;
  /** In the case that was sent; absent for a display name (`North Central US`), which is normalized. */
  locationAsSent?: string;
  kind?: string;
  sku?: { name: string };
  tags?: Record<string, string>;
  identity?: Record<string, unknown>;
  properties: AccountRecord["properties"];
}

/** Kinds of account that can be made here. */
export const KINDS = ["OpenAI", "AIServices"];

/** @throws AzureError 400 naming what is wrong */
export function readAccountBody(world: Pick<World, "state">, body: Record<string, unknown>): AccountBody {
  const checked = checkBody("account", body);
  const properties = (checked.properties ?? {}) as AccountRecord["properties"];
  const { customSubDomainName } = properties;
  const fault = customSubDomainName === undefined ? undefined : subdomainFault(customSubDomainName);
  if (fault !== undefined) throw new AzureError(400, "BadRequest", fault);
  return {
    ...(body.location !== undefined && readLocation(body.location)),
    ...(body.kind !== undefined && { kind: readKind(body.kind) }),
    ...(checked.sku !== undefined && { sku: readSku(checked.sku) }),
    ...(readTags(body.tags) && { tags: readTags(body.tags) }),
    ...(asObject(checked.identity) && { identity: withPrincipals(world, asObject(checked.identity) ?? {}) }),
    properties,
  };
}

function readLocation(value: unknown): Pick<AccountBody, "location" | "locationAsSent"> {
  const region = typeof value === "string" ? findRegion(value) : undefined;
  if (!region) {
    const list = regions.map(({ name }) => name).join(",");
    const sentence =
      `The provided location '${String(value)}' is not available for resource type '${ACCOUNT_TYPE}'. ` +
      `List of available regions for the resource type is '${list}'.`;
    throw new AzureError(400, "LocationNotAvailableForResourceType", sentence);
  }
  const { name } = region;
  return { location: name, ...(value !== name && sameName(String(value), name) && { locationAsSent: String(value) }) };
}

function readKind(value: unknown): string {
  const kind = KINDS.find((known) => typeof value === "string" && sameName(known, value));
  if (!kind) {
    const sentence = `The account type '${String(value)}' is either invalid or unavailable in given region.`;
    throw new AzureError(400, "InvalidApiSetId", sentence);
  }
  return kind;
}

function readSku(value: unknown): { name: string } {
  const name = asObject(value)?.name;
  if (typeof name !== "string") throw invalidRequestContent("sku.name is required.");
  if (!sameName(name, "S0")) {
    const sentence = `The subscription does not have the SKU '${name}'; accounts of kind OpenAI take 'S0'.`;
    throw new AzureError(400, "InvalidSkuId", sentence);
  }
  return { name: "S0" };
}

/** Gives a system-assigned identity its ids; user-assigned ones get theirs from their own resource id. */
export function withPrincipals(
  world: Pick<World, "state">,
  identity: Record<string, unknown>,
): Record<string, unknown> {
  const type = typeof identity.type === "string" ? identity.type : "None";
  const system = type.toLowerCase().includes("systemassigned")
    ? { principalId: guidOf(`principal of ${world.state.subscriptionId}`), tenantId: world.state.tenantId }
    : {};
  const assigned = asObject(identity.userAssignedIdentities);
  const user = assigned && {
    userAssignedIdentities: Object.fromEntries(
      Object.keys(assigned).map((id) => [
        id,
        { principalId: guidOf(`principal ${id}`), clientId: guidOf(`client ${id}`) },
      ]),
    ),
  };
  return { type, ...system, ...user };
}

function guidOf(text: string): string {
  const hex = createHash("sha256").update(text.toLowerCase()).digest("hex");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}
