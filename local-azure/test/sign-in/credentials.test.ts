import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  AzurePipelinesCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
} from "@azure/identity";
import jwt from "jsonwebtoken";
import { startForTest, type TestService } from "../../src/testing";
import { rehearsalInfo } from "../../src/admin/rehearsal-info";
import { credentialOf, trust } from "../clients";
import { call } from "../https-call";

const claims = (token: string) => jwt.decode(token) as Record<string, unknown>;

describe("sign-in by @azure/identity", () => {
  let service: TestService;
  let folder: string;
  const options = () => ({ authorityHost: service.origin, disableInstanceDiscovery: true, ...trust(service) });
  const scope = () => `${service.origin}/.default`;

  beforeAll(async () => {
    service = await startForTest();
    folder = mkdtempSync(path.join(tmpdir(), "local-azure-cert-"));
  });
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });

  it("a client secret gives a token with the claims that Azure's clients read", async () => {
    const { token, expiresOnTimestamp } = await credentialOf(service).getToken(scope());
    expect(claims(token)).toMatchObject({
      aud: service.origin,
      iss: `${service.origin}/${service.tenantId}/v2.0`,
      tid: service.tenantId,
      oid: service.deployer.objectId,
      appid: service.deployer.clientId,
      idtyp: "app",
    });
    expect(expiresOnTimestamp - Date.now()).toBeGreaterThan(3_500_000);
  });

  it("a wrong secret is refused with AADSTS7000215", async () => {
    const wrong = new ClientSecretCredential(service.tenantId, service.deployer.clientId, "wrong", options());
    await expect(wrong.getToken(scope())).rejects.toThrow(/AADSTS7000215: Invalid client secret provided/);
  });

  it("an expired secret is refused with AADSTS7000222", async () => {
    const past = service.world.clock.now() - 1;
    const client = service.addClient({ displayName: "old", secretExpiresAt: past });
    await expect(credentialOf(service, client).getToken(scope())).rejects.toThrow(/AADSTS7000222/);
  });

  it("an unknown application is refused with AADSTS700016", async () => {
    const unknown = "00000000-1111-2222-3333-444444444444";
    const nobody = new ClientSecretCredential(service.tenantId, unknown, "x", options());
    await expect(nobody.getToken(scope())).rejects.toThrow(/AADSTS700016.*00000000-1111-2222-3333-444444444444/s);
  });

  it("an unknown tenant is refused with AADSTS90002", async () => {
    const tenant = "00000000-1111-2222-3333-444444444444";
    const { status, body } = await call(service, `/${tenant}/v2.0/.well-known/openid-configuration?`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: "invalid_request", error_codes: [90002] });
  });

  it("a registered certificate signs in, another one is refused with AADSTS700027", async () => {
    const make = (name: string) => {
      const [key, cert] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.pem`)];
      execFileSync(
        "openssl",
        ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-subj", `/CN=${name}`],
        { stdio: "ignore" },
      );
      const both = path.join(folder, `${name}-both.pem`);
      writeFileSync(both, readFileSync(key, "utf8") + readFileSync(cert, "utf8"));
      return { both, pem: readFileSync(cert, "utf8") };
    };
    const [mine, other] = [make("mine"), make("other")];
    const client = service.addClient({ displayName: "by certificate", certificates: [mine.pem] });
    const good = new ClientCertificateCredential(service.tenantId, client.clientId, mine.both, options());
    const { token } = await good.getToken(scope());
    expect(claims(token).oid).toBe(client.objectId);
    const bad = new ClientCertificateCredential(service.tenantId, client.clientId, other.both, options());
    await expect(bad.getToken(scope())).rejects.toThrow(/AADSTS700027/);
  });

  it("a token of the built-in OIDC issuer signs the deployer in, as a workflow of GitHub's", async () => {
    const info = rehearsalInfo(service.world);
    const path = `${info.oidcRequestUrl.slice(service.origin.length)}&audience=api%3A%2F%2FAzureADTokenExchange`;
    const headers = { authorization: `Bearer ${info.oidcRequestToken}` };
    const { body } = await call(service, path, { headers });
    const assertion = () => Promise.resolve((body as { value: string }).value);
    const credential = new ClientAssertionCredential(service.tenantId, service.deployer.clientId, assertion, options());
    const { token } = await credential.getToken(scope());
    expect(claims(token).oid).toBe(service.deployer.objectId);
    expect((await call(service, path, { headers: { authorization: "Bearer no" } })).status).toBe(401);
  });

  it("the service connection of a job of Azure Pipelines signs the deployer in", async () => {
    const { pipelinesRequestUri, oidcRequestToken } = rehearsalInfo(service.world);
    process.env.SYSTEM_OIDCREQUESTURI = pipelinesRequestUri;
    const credential = (accessToken: string) =>
      new AzurePipelinesCredential(
        ...([service.tenantId, service.deployer.clientId, "6f1a2b3c", accessToken, options()] as const),
      );
    const { token } = await credential(oidcRequestToken).getToken(scope());
    expect(claims(token).oid).toBe(service.deployer.objectId);
    await expect(credential("no").getToken(scope())).rejects.toThrow(/SYSTEM_ACCESSTOKEN/);
    delete process.env.SYSTEM_OIDCREQUESTURI;
    const path = new URL(pipelinesRequestUri).pathname;
    const headers = { authorization: `Bearer ${oidcRequestToken}` };
    const unnamed = await call(service, `${path}?api-version=7.1`, { method: "POST", headers });
    expect(unnamed.status).toBe(400);
  });

  it.each([
    ["issuer", { iss: "https://elsewhere" }, "AADSTS700211"],
    ["subject", { sub: "repo:else" }, "AADSTS700213"],
    ["audience", { aud: "https://else" }, "AADSTS700212"],
  ])("a federated token with another %s is refused", async (_what, change, code) => {
    const keys = generateKeyPairSync("ec", {
      namedCurve: "P-256",
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const right = { iss: "https://issuer.example", sub: "job", aud: "api://AzureADTokenExchange" };
    const client = service.addClient({
      displayName: "federated",
      federated: [{ issuer: right.iss, subject: right.sub, audience: right.aud, publicKey: keys.publicKey }],
    });
    const exp = Math.floor(service.world.clock.now() / 1000) + 60;
    const credential = (payload: object) =>
      new ClientAssertionCredential(
        service.tenantId,
        client.clientId,
        () => Promise.resolve(jwt.sign({ ...payload, exp }, keys.privateKey, { algorithm: "ES256" })),
        options(),
      );
    expect(claims((await credential(right).getToken(scope())).token)).toMatchObject({ appid: client.clientId });
    await expect(credential({ ...right, ...change }).getToken(scope())).rejects.toThrow(code);
  });

  it("the managed identity endpoint wants its header and answers as App Service does", async () => {
    const info = rehearsalInfo(service.world);
    const path = `/local-azure/identity/token?api-version=2019-08-01&resource=${encodeURIComponent(service.origin)}`;
    const { status, body } = await call(service, path, { headers: { "x-identity-header": info.identityHeader } });
    expect(status).toBe(200);
    expect(claims((body as { access_token: string }).access_token).oid).toBe(service.deployer.objectId);
    expect((await call(service, path)).status).toBe(401);
  });

  it("discovery has the fields that MSAL checks, and the keys verify the tokens", async () => {
    const { body } = await call(service, `/${service.tenantId}/v2.0/.well-known/openid-configuration?`);
    const document = body as Record<string, string>;
    expect(document.issuer).toBe(`${service.origin}/${service.tenantId}/v2.0`);
    const keys = await call(service, document.jwks_uri!.slice(service.origin.length));
    expect(keys.body).toMatchObject({ keys: [{ kty: "RSA", use: "sig", alg: "RS256" }] });
  });

  it("the cloud's metadata is one object from 2022-09-01 on and a list before", async () => {
    const newer = await call(service, "/metadata/endpoints?api-version=2022-09-01");
    expect(newer.body).toMatchObject({
      name: "LocalAzure",
      resourceManager: service.origin,
      authentication: { loginEndpoint: service.origin, audiences: [service.origin] },
    });
    const older = await call(service, "/metadata/endpoints?api-version=2019-05-01");
    expect(older.body).toHaveLength(1);
  });
});
