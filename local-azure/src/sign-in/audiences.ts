import type { World } from "../world/world";

/** Azure's own names for Resource Manager; clients written for the public cloud ask for these. */
const MANAGEMENT = ["https://management.core.windows.net", "https://management.azure.com"];

/** Audiences that Resource Manager accepts, without a slash at the end. */
export function managementAudiences(world: Pick<World, "origin">): string[] {
  return [world.origin, ...MANAGEMENT];
}

/** Audiences that the data plane accepts: the older one and the one of the newest documents. */
export const dataPlaneAudiences = ["https://cognitiveservices.azure.com", "https://ai.azure.com"];

/** Audience of Blob Storage, which is not here: for an emulator of it beside this service, such as Azurite. */
export const storageAudience = "https://storage.azure.com";

/** Audience of directory tokens, which clients ask for to read their own ids. */
export function graphAudience(world: Pick<World, "origin">): string {
  return `${world.origin}/graph`;
}

/** Whether a token for this audience can be had here (a slash at the end does not matter). */
export function isKnownResource(world: Pick<World, "origin">, resource: string): boolean {
  const known = [...managementAudiences(world), ...dataPlaneAudiences, storageAudience, graphAudience(world)];
  return known.includes(withoutSlash(resource));
}

export function withoutSlash(resource: string): string {
  return resource.replace(/\/+$/, "");
}
