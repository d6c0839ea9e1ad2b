import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomUUID,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import jwt from "jsonwebtoken";
import { storageAudience, withoutSlash } from "./audiences";
import type { ClientRecord } from "../world/state";
import type { World } from "../world/world";

/** Claims of an application's access token that this service and its clients read. */
export interface AccessToken {
  aud: string;
  iss: string;
  tid: string;
  /** Object id of the service principal: the one role assignments name. */
  oid: string;
  appid: string;
  /** Seconds since 1970. */
  exp: number;
  [claim: string]: unknown;
}

/** A signed access token of an application for one audience, as Microsoft Entra ID shapes them (v1 claims). */
export function issueAccessToken(world: World, client: ClientRecord, audience: string): string {
  const now = Math.floor(world.clock.now() / 1000);
  const { tenantId } = world.state;
  // What reads tokens for storage knows Entra ID's own issuers alone (Azurite: VALID_ISSUE_PREFIXES), by which tokens of version 1.0 are from there.
  const issuer =
    withoutSlash(audience) === storageAudience
      ? `https://sts.windows.net/${tenantId}/`
      : `${world.origin}/${tenantId}/v2.0`;
  const claims = {
    aud: audience,
    iss: issuer,
    iat: now,
    nbf: now,
    exp: now + world.settings.tokenSeconds,
    appid: client.clientId,
    appidacr: "1",
    idp: `${world.origin}/${tenantId}/v2.0`,
    idtyp: "app",
    oid: client.objectId,
    sub: client.objectId,
    tid: tenantId,
    uti: randomUUID(),
    ver: "1.0",
  };
  return sign(world, claims);
}

/** Signs any claims with the service's key. */
export function sign(world: Pick<World, "state">, claims: Record<string, unknown>): string {
  return jwt.sign(claims, keysOf(world).secret, { algorithm: "RS256", keyid: keysOf(world).id });
}

/**
 * The claims of a token of this service, however old.
 * @returns undefined when it is no token, was changed, or was signed with another key
 */
export function readAccessToken(world: Pick<World, "state">, token: string): AccessToken | undefined {
  try {
    const claims = jwt.verify(token, keysOf(world).public, {
      algorithms: ["RS256"],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    });
    return typeof claims === "string" ? undefined : (claims as AccessToken);
  } catch {
    return undefined;
  }
}

/** The public half of the signing key, for `jwks_uri`. */
export function signingKeys(world: Pick<World, "state">): { keys: JsonWebKey[] } {
  const keys = keysOf(world);
  return { keys: [{ ...keys.public.export({ format: "jwk" }), kid: keys.id, use: "sig", alg: "RS256" }] };
}

interface Keys {
  secret: KeyObject;
  public: KeyObject;
  /** `kid` of the tokens. */
  id: string;
}

/** Parsed once: each request verifies a token. */
const parsed = new WeakMap<object, Keys>();

function keysOf({ state }: Pick<World, "state">): Keys {
  let keys = parsed.get(state);
  if (keys === undefined) {
    const secret = createPrivateKey(state.tokenSecret);
    const open = createPublicKey(secret);
    const pem = open.export({ type: "spki", format: "pem" });
    keys = { secret, public: open, id: createHash("sha256").update(pem).digest("base64url").slice(0, 27) };
    parsed.set(state, keys);
  }
  return keys;
}
