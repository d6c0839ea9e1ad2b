import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { ClientRecord } from "../../src/world/state";
import { rehearsalInfo } from "../../src/admin/rehearsal-info";
import { startForTest, type TestService } from "../../src/testing";
import { call } from "../https-call";
import { startPlugin } from "./plugin-client";

let service: TestService;
let folder: string;
beforeAll(async () => {
  service = await startForTest();
  folder = mkdtempSync(path.join(tmpdir(), "sign-in-"));
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

/** The object id that the plugin signs in as, with the given environment alone. */
async function signedInAs(environment: Record<string, string>): Promise<unknown> {
  const plugin = await startPlugin(service, {
    ARM_SUBSCRIPTION_ID: service.subscriptionId,
    ARM_TENANT_ID: service.tenantId,
    ...environment,
  });
  try {
    await plugin.configure({ metadataHost: service.origin, disableInstanceDiscovery: "true" });
    return (await plugin.invoke("azure-native:authorization:getClientConfig", {})).objectId;
  } finally {
    plugin.close();
  }
}

const deployer = () => service.deployer;
const federated = (more: Record<string, string>) => ({
  ARM_USE_OIDC: "true",
  ARM_CLIENT_ID: deployer().clientId,
  ...more,
});

async function federatedToken(): Promise<string> {
  const { oidcRequestUrl, oidcRequestToken } = rehearsalInfo(service.world);
  const path = `${oidcRequestUrl.slice(service.origin.length)}&audience=api%3A%2F%2FAzureADTokenExchange`;
  const { body } = await call(service, path, { headers: { authorization: `Bearer ${oidcRequestToken}` } });
  return (body as { value: string }).value;
}

describe("every kind of credential signs in to the rehearsal service", () => {
  it("client secret", async () => {
    const { clientId, clientSecret, objectId } = deployer();
    expect(await signedInAs({ ARM_CLIENT_ID: clientId, ARM_CLIENT_SECRET: clientSecret })).toBe(objectId);
  });

  it("client certificate", async () => {
    const [key, certificate, both] = ["key", "certificate", "both"].map((name) => path.join(folder, `${name}.pem`)) as [
      string,
      string,
      string,
    ];
    const pair = ["-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=test"];
    execFileSync("openssl", ["req", "-x509", ...pair], { stdio: "ignore" });
    writeFileSync(both, readFileSync(key, "utf8") + readFileSync(certificate, "utf8"));
    const client = service.addClient({ displayName: "certified", certificates: [readFileSync(certificate, "utf8")] });
    const environment = { ARM_CLIENT_ID: client.clientId, ARM_CLIENT_CERTIFICATE_PATH: both };
    expect(await signedInAs(environment)).toBe(client.objectId);
  });

  it("OIDC with a literal token", async () => {
    expect(await signedInAs(federated({ ARM_OIDC_TOKEN: await federatedToken() }))).toBe(deployer().objectId);
  });

  it("OIDC with a token file", async () => {
    const file = path.join(folder, "token");
    writeFileSync(file, `${await federatedToken()}\n`);
    expect(await signedInAs(federated({ ARM_OIDC_TOKEN_FILE_PATH: file }))).toBe(deployer().objectId);
  });

  it("OIDC with GitHub's request URL", async () => {
    const { oidcRequestUrl, oidcRequestToken } = rehearsalInfo(service.world);
    const github = { ACTIONS_ID_TOKEN_REQUEST_URL: oidcRequestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: oidcRequestToken };
    expect(await signedInAs(federated(github))).toBe(deployer().objectId);
    const refused = signedInAs(federated({ ...github, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "no" }));
    await expect(refused).rejects.toThrow(/OIDC token request to \S+ was answered 401/);
  });

  describe("from the machine", () => {
    const saved = { ...process.env };
    afterEach(() => {
      process.env = { ...saved };
    });

    it("managed identity", async () => {
      process.env["IDENTITY_ENDPOINT"] = `${service.origin}/local-azure/identity/token`;
      process.env["IDENTITY_HEADER"] = rehearsalInfo(service.world).identityHeader;
      expect(await signedInAs({ ARM_USE_MSI: "true" })).toBe(deployer().objectId);
    });

    it("az CLI, when nothing else is configured", async () => {
      // az itself is too large to install for a test; this says what it says.
      const program = path.join(folder, "az.js");
      writeFileSync(program, azProgram(service, deployer()));
      writeFileSync(path.join(folder, "az"), `#!/bin/sh\nexec ${process.execPath} ${program} "$@"\n`);
      chmodSync(path.join(folder, "az"), 0o755);
      // A process of its own: the library looks for az on the path with which its process was started.
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["-r", "tsx/cjs", path.join(__dirname, "signed-in-as.ts")],
        {
          env: {
            PATH: `${folder}${path.delimiter}${process.env["PATH"]}`,
            SSL_CERT_FILE: service.caFile,
            NODE_EXTRA_CA_CERTS: service.caFile,
            ARM_METADATA_HOSTNAME: service.origin,
            ARM_DISABLE_INSTANCE_DISCOVERY: "true",
          },
        },
      );
      expect(JSON.parse(stdout)).toEqual({ oid: deployer().objectId, subscriptionId: service.subscriptionId });
    });
  });
});

function azProgram({ origin, tenantId, subscriptionId }: TestService, { clientId, clientSecret }: ClientRecord) {
  return `
    const args = process.argv.slice(2).join(" ");
    if (args.startsWith("account show")) {
      console.log(JSON.stringify({ id: "${subscriptionId}", tenantId: "${tenantId}" }));
    } else {
      const resource = /--resource (\\S+)/.exec(args)[1];
      fetch("${origin}/${tenantId}/oauth2/v2.0/token", {
        method: "POST",
        body: new URLSearchParams({
          client_id: "${clientId}", client_secret: "${clientSecret}", grant_type: "client_credentials", scope: resource + "/.default",
        }),
      }).then((answer) => answer.json()).then(({ access_token, expires_in }) => {
        const expires_on = Math.floor(Date.now() / 1000) + expires_in;
        console.log(JSON.stringify({ accessToken: access_token, expires_on, tokenType: "Bearer" }));
      });
    }`;
}
