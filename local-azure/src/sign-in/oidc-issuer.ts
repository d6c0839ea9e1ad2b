import { OIDC_SUBJECT } from "../storage/new-state";
import type { World } from "../world/world";
import { sign } from "./tokens";

/** `iss` of the tokens that a CI system would issue. */
export function oidcIssuer(world: Pick<World, "origin">): string {
  return `${world.origin}/local-azure/oidc`;
}

/**
 * A token as a CI system gives it to a job, for one audience.
 *
 * @param seconds - how long it is valid. GitHub Actions: 5 minutes; Azure Pipelines: 10 (Azure/azure-cli#28708); GitLab: as long as the job may take
 */
export function issueOidcToken(
  world: Pick<World, "clock" | "origin" | "state">,
  audience: string,
  seconds = 300,
): string {
  const now = Math.floor(world.clock.now() / 1000);
  const times = { iat: now, nbf: now, exp: now + seconds };
  return sign(world, { iss: oidcIssuer(world), sub: OIDC_SUBJECT, aud: audience, ...times });
}
