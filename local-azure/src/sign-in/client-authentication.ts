import { timingSafeEqual, createHash, X509Certificate } from "node:crypto";
import jwt from "jsonwebtoken";
import type { ClientRecord, FederatedTrust } from "../world/state";
import type { World } from "../world/world";
import { oidcIssuer } from "./oidc-issuer";
import { SignInError } from "./sign-in-error";
import { readAccessToken } from "./tokens";

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * The application that a token request proves to be: by its secret, by an assertion signed with a registered
 * certificate, or by a token of an issuer that it trusts.
 * @throws SignInError as Microsoft Entra ID words it
 */
export function authenticateClient(
  world: Pick<World, "clock" | "origin" | "state">,
  form: URLSearchParams,
): ClientRecord {
  const clientId = form.get("client_id");
  if (!clientId) throw missing("client_id");
  const client = world.state.clients.find((known) => known.clientId === clientId.toLowerCase());
  if (!client) {
    const why =
      "This can happen if the application has not been installed by the administrator of the tenant or consented to " +
      "by any user in the tenant. You may have sent your authentication request to the wrong tenant.";
    const directory = world.state.tenantId;
    throw new SignInError(
      400,
      "unauthorized_client",
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${directory}'. ${why}`,
    );
  }
  const assertion = form.get("client_assertion");
  if (assertion !== null) {
    if (form.get("client_assertion_type") !== JWT_BEARER) throw missing("client_assertion_type");
    checkAssertion(world, client, assertion);
  } else {
    checkSecret(world, client, form.get("client_secret"));
  }
  return client;
}

export function missing(parameter: string): SignInError {
  const sentence = `The request body must contain the following parameter: '${parameter}'.`;
  return new SignInError(400, "invalid_request", 900144, sentence);
}

function checkSecret(world: Pick<World, "clock">, client: ClientRecord, secret: string | null): void {
  if (secret === null) {
    const sentence = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    throw new SignInError(401, "invalid_client", 7000218, sentence);
  }
  if (!sameSecret(secret, client.clientSecret)) {
    const sentence =
      "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, " +
      `not the client secret ID, for a secret added to app '${client.clientId}'.`;
    throw new SignInError(401, "invalid_client", 7000215, sentence);
  }
  if (client.secretExpiresAt !== undefined && world.clock.now() >= client.secretExpiresAt) {
    const sentence =
      `The provided client secret keys for app '${client.clientId}' are expired. ` +
      "Visit the Azure portal to create new keys for your app, or consider using certificate credentials for added security.";
    throw new SignInError(401, "invalid_client", 7000222, sentence);
  }
}

function checkAssertion(
  world: Pick<World, "clock" | "origin" | "state">,
  client: ClientRecord,
  assertion: string,
): void {
  const decoded = jwt.decode(assertion, { complete: true });
  if (!decoded || typeof decoded.payload === "string") {
    const sentence = "Client assertion is not within a valid format: it is not a signed JSON Web Token.";
    throw new SignInError(401, "invalid_client", 50027, sentence);
  }
  const { iss, exp } = decoded.payload;
  if (exp !== undefined && exp * 1000 <= world.clock.now()) {
    const sentence = "Client assertion is not within its valid time range. Review the documentation and try again.";
    throw new SignInError(401, "invalid_client", 700024, sentence);
  }
  if (iss === client.clientId) checkCertificateAssertion(client, assertion);
  else checkFederatedToken(world, client, assertion, decoded.payload);
}

function checkCertificateAssertion(client: ClientRecord, assertion: string): void {
  const signed = (client.certificates ?? []).some((pem) => {
    const key = new X509Certificate(pem).publicKey;
    return verifies(assertion, key.export({ type: "spki", format: "pem" }).toString());
  });
  if (!signed) {
    const sentence =
      "The certificate with identifier used to sign the client assertion is not registered on application. " +
      `[Reason - The key was not found., Please visit the Azure portal for application Id '${client.clientId}'.]`;
    throw new SignInError(401, "invalid_client", 700027, sentence);
  }
}

function checkFederatedToken(
  world: Pick<World, "origin" | "state">,
  client: ClientRecord,
  assertion: string,
  claims: jwt.JwtPayload,
): void {
  const none = "No matching federated identity record found for presented assertion";
  const ofIssuer = (client.federated ?? []).filter((trust) => issuerOf(world, trust) === claims.iss);
  if (ofIssuer.length === 0)
    throw new SignInError(401, "invalid_client", 700211, `${none} issuer '${String(claims.iss)}'.`);
  const ofSubject = ofIssuer.filter((trust) => trust.subject === claims.sub);
  if (ofSubject.length === 0)
    throw new SignInError(401, "invalid_client", 700213, `${none} subject '${String(claims.sub)}'.`);
  const audiences = [claims.aud].flat();
  const ofAudience = ofSubject.filter((trust) => audiences.includes(trust.audience));
  if (ofAudience.length === 0)
    throw new SignInError(401, "invalid_client", 700212, `${none} audience '${audiences.join(", ")}'.`);
  const signed = ofAudience.some((trust) =>
    trust.publicKey === undefined
      ? readAccessToken(world, assertion) !== undefined
      : verifies(assertion, trust.publicKey),
  );
  if (!signed) throw new SignInError(401, "invalid_client", 50013, "Assertion failed signature validation.");
}

function issuerOf(world: Pick<World, "origin">, trust: FederatedTrust): string {
  return trust.issuer ?? oidcIssuer(world);
}

function verifies(assertion: string, publicKey: string): boolean {
  const algorithms: jwt.Algorithm[] = ["RS256", "PS256", "ES256"];
  try {
    // Times are compared with the service's clock above.
    jwt.verify(assertion, publicKey, { algorithms, ignoreExpiration: true, ignoreNotBefore: true });
    return true;
  } catch {
    return false;
  }
}

/** Compares in constant time, so that the duration gives nothing away. */
export function sameSecret(given: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}
