import { OIDC_SUBJECT } from "../storage/new-state";
import type { World } from "../world/world";
import { sign } from "./tokens";

/** `iss` of the tokens that a CI system would issue. */
export function oidcIssuer(world: Pick<World, "origin">): string {
  return `${world.origin}/local-azure/oidc`;
}

/** A token as a workflow of GitHub Actions gets it: for one audience, good for five minutes. */
export function issueOidcToken(world: Pick<World, "clock" | "origin" | "state">, audience: string): string {
  const now = Math.floor(world.clock.now() / 1000);
  return sign(world, { iss: oidcIssuer(world), sub: OIDC_SUBJECT, aud: audience, iat: now, nbf: now, exp: now + 300 });
}
