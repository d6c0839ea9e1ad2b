import { createHmac } from "node:crypto";
import type { World } from "../world/world";

/** Where the live page is, on the service and on the listener beside it. */
export const LIVE_PATH = "/local-azure/live";

/**
 * Opens the live page, and nothing else: made from the admin token, which cannot be told from it, so that a link stays valid as long as the state file
 * is kept.
 */
export function liveToken({ adminToken }: Pick<World["state"], "adminToken">): string {
  return createHmac("sha256", adminToken).update("live page").digest("base64url").slice(0, 32);
}

/** The link that a person opens. Browsers send nothing of what follows the `#`. */
export function liveLink({ liveOrigin, state }: Pick<World, "liveOrigin" | "state">): string {
  return `${liveOrigin}${LIVE_PATH}#token=${liveToken(state)}`;
}
