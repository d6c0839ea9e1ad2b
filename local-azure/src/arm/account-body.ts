import { createHash } from "node:crypto";
import { AzureError } from "../http/azure-error";
import { asObject } from "../http/request";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import { invalidRequestContent } from "./errors";
import { ACCOUNT_TYPE, sameName } from "./resources";
import { findRegion, regions } from "./regions";
import { checkBody } from "./request-bodies/check";
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

const KINDS = ["OpenAI", "AIServices"];

/** @throws AzureError 400 naming what is wrong */
export function readAccountBody(world: Pick<World, "state">, body: Record<string, unknown>): AccountBody {
  const checked = checkBody("account", body);
  const properties = (checked.properties ?? {}) as AccountRecord["properties"];
  if (properties.customSubDomainName !== undefined) checkSubdomain(properties.customSubDomainName);
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
  if (name === undefined) throw invalidRequestContent("sku.name is required.");
  if (typeof name !== "string" || !sameName(name, "S0")) {
    const sentence = `The subscription does not have the SKU '${String(name)}'; accounts of kind OpenAI take 'S0'.`;
    throw new AzureError(400, "InvalidSkuId", sentence);
  }
  return { name: "S0" };
}

function checkSubdomain(value: string): void {
  if (!/^[a-z0-9]([-a-z0-9]{0,62}[a-z0-9])$/i.test(value)) {
    const sentence =
      `The custom subdomain name '${value}' is invalid. It takes 2 to 64 letters, digits and hyphens, ` +
      "and neither starts nor ends with a hyphen.";
    throw new AzureError(400, "BadRequest", sentence);
  }
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
