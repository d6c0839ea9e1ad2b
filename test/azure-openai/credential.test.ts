import { execFile, execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Azure } from "../../azure-openai/azure";
import { readSettings } from "../../azure-openai/settings";
import { rehearsalInfo } from "local-azure/admin/rehearsal-info";
import { rehearse, type Rehearsal } from "../support/rehearsal";

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await rehearse();
  // The deployer is Owner; the data plane wants a role of its own.
  const { service, client } = rehearsal;
  const roles = service.world.state.roleAssignments.filter(({ principalId }) => principalId === client.objectId);
  for (const role of roles) {
    service.world.state.roleAssignments.push({
      ...role,
      principalId: service.deployer.objectId,
    });
  }
});
afterAll(() => rehearsal.close());

/** Signs in with the given environment alone, and uses both Resource Manager and the data plane. */
async function files(environment: Record<string, string>, config: Record<string, string> = {}): Promise<string[]> {
  const { service, clock } = rehearsal;
  const cloud = {
    ARM_METADATA_HOSTNAME: service.world.origin,
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
    ARM_TENANT_ID: service.tenantId,
  };
  const settings = readSettings({ get: (key) => config[key] }, { ...cloud, ...environment });
  const azure = await Azure.connect(settings, { clock, destroying: () => false });
  const found = await (await azure.dataPlane(rehearsal.accountId)).files.list("fine-tune");
  return found.map((file) => file.id);
}

const deployerId = () => rehearsal.service.deployer.clientId;
async function federatedToken(): Promise<string> {
  const info = rehearsalInfo(rehearsal.service.world);
  const response = await fetch(`${info.oidcRequestUrl}&audience=api%3A%2F%2FAzureADTokenExchange`, {
    headers: { authorization: `Bearer ${info.oidcRequestToken}` },
  });
  return ((await response.json()) as { value: string }).value;
}

describe("every kind of credential that azure-native takes signs in", () => {
  it("client secret, from the environment", async () => {
    const { clientId, clientSecret } = rehearsal.client;
    await expect(files({ ARM_CLIENT_ID: clientId, ARM_CLIENT_SECRET: clientSecret })).resolves.toEqual([]);
  });

  it("client secret, from configuration, which wins over the environment", async () => {
    const { clientId, clientSecret } = rehearsal.client;
    const config = { "azure-native:clientId": clientId, "azure-native:clientSecret": clientSecret };
    await expect(files({ ARM_CLIENT_ID: "other", ARM_CLIENT_SECRET: "wrong" }, config)).resolves.toEqual([]);
  });

  it("client certificate", async () => {
    const [key, certificate, both] = ["key", "cert", "both"].map((name) =>
      path.join(rehearsal.folder, `${name}.pem`),
    ) as [string, string, string];
    const request = [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      key,
      "-out",
      certificate,
      "-subj",
      "/CN=test",
    ];
    execFileSync("openssl", request, { stdio: "ignore" });
    writeFileSync(both, readFileSync(key, "utf8") + readFileSync(certificate, "utf8"));
    const client = rehearsal.service.addClient({
      displayName: "by certificate",
      certificates: [readFileSync(certificate, "utf8")],
      roles: ["a001fd3d-188f-4b5d-821b-7da978bf7442"],
    });
    await expect(files({ ARM_CLIENT_ID: client.clientId, ARM_CLIENT_CERTIFICATE_PATH: both })).resolves.toEqual([]);
  });

  it("OIDC with a literal token", async () => {
    const token = await federatedToken();
    await expect(files({ ARM_USE_OIDC: "true", ARM_CLIENT_ID: deployerId(), ARM_OIDC_TOKEN: token })).resolves.toEqual(
      [],
    );
  });

  it("OIDC with a token file", async () => {
    const file = path.join(rehearsal.folder, "token");
    writeFileSync(file, `${await federatedToken()}\n`);
    const environment = { ARM_USE_OIDC: "true", ARM_CLIENT_ID: deployerId(), ARM_OIDC_TOKEN_FILE_PATH: file };
    await expect(files(environment)).resolves.toEqual([]);
  });

  it("OIDC with GitHub's request URL", async () => {
    const { oidcRequestUrl, oidcRequestToken } = rehearsalInfo(rehearsal.service.world);
    const environment = {
      ARM_USE_OIDC: "true",
      ARM_CLIENT_ID: deployerId(),
      ACTIONS_ID_TOKEN_REQUEST_URL: oidcRequestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: oidcRequestToken,
    };
    await expect(files(environment)).resolves.toEqual([]);
    await expect(files({ ...environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "no" })).rejects.toThrow(
      /responded to the request for a federated token with status 401: does the workflow have `permissions: id-token: write`\?/,
    );
  });

  describe("from the machine", () => {
    const saved = { ...process.env };
    beforeEach(() => {
      delete process.env["MSI_ENDPOINT"];
    });
    afterEach(() => {
      process.env = { ...saved };
    });

    it("managed identity", async () => {
      const info = rehearsalInfo(rehearsal.service.world);
      process.env["IDENTITY_ENDPOINT"] = `${rehearsal.service.world.origin}/local-azure/identity/token`;
      process.env["IDENTITY_HEADER"] = info.identityHeader;
      await expect(files({ ARM_USE_MSI: "true" })).resolves.toEqual([]);
    });

    it("az CLI, when nothing else is configured", async () => {
      const { service, client, folder } = rehearsal;
      // az itself is too large to install for a test; this says what it says.
      const token = path.join(folder, "token.js");
      writeFileSync(token, tokenProgram(service.world.origin, service.tenantId, client.clientId, client.clientSecret));
      writeFileSync(path.join(folder, "az"), `#!/bin/sh\nexec ${process.execPath} ${token} "$@"\n`);
      chmodSync(path.join(folder, "az"), 0o755);
      // A process of its own: the library looks for az on the path with which its process was started.
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["-r", "tsx/cjs", path.join(__dirname, "../support/list-files.ts"), rehearsal.accountId],
        {
          env: {
            PATH: `${folder}${path.delimiter}${process.env["PATH"]}`,
            NODE_EXTRA_CA_CERTS: service.caFile,
            ARM_METADATA_HOSTNAME: service.world.origin,
            ARM_TENANT_ID: service.tenantId,
          },
        },
      );
      expect(JSON.parse(stdout)).toEqual([]);
    });
  });
});

function tokenProgram(origin: string, tenant: string, clientId: string, clientSecret: string): string {
  return `
    const args = process.argv.slice(2).join(" ");
    const resource = /--resource (\\S+)/.exec(args)[1];
    fetch("${origin}/${tenant}/oauth2/v2.0/token", {
      method: "POST",
      body: new URLSearchParams({
        client_id: "${clientId}", client_secret: "${clientSecret}", grant_type: "client_credentials", scope: resource + "/.default",
      }),
    }).then((answer) => answer.json()).then(({ access_token, expires_in }) => {
      const expires_on = Math.floor(Date.now() / 1000) + expires_in;
      console.log(JSON.stringify({ accessToken: access_token, expires_on, tokenType: "Bearer" }));
    });`;
}

describe("what goes wrong is one sentence", () => {
  const secret = (more: Record<string, string>) => ({
    ARM_CLIENT_ID: rehearsal.client.clientId,
    ARM_CLIENT_SECRET: rehearsal.client.clientSecret,
    ...more,
  });

  it.each<[string, () => Record<string, string>, RegExp]>([
    [
      "a wrong secret",
      () => secret({ ARM_CLIENT_SECRET: "hush-hush" }),
      /^Sign-in to Azure failed: the client secret of client \S+ is wrong \(AADSTS7000215\)\. Set a valid one in/,
    ],
    [
      "an unknown client",
      () => secret({ ARM_CLIENT_ID: "00000000-1111-2222-3333-444444444444" }),
      /does not exist in tenant \S+ \(AADSTS700016\): check azure-native:clientId/,
    ],
    [
      "an unknown tenant",
      () => secret({ ARM_TENANT_ID: "00000000-1111-2222-3333-444444444444" }),
      /^Sign-in to Azure failed: tenant 00000000-1111-2222-3333-444444444444 does not exist/,
    ],
    [
      "no client id",
      () => ({ ARM_CLIENT_SECRET: "s" }),
      /^Sign-in with a client secret needs azure-native:clientId \/ ARM_CLIENT_ID\.$/,
    ],
    [
      "OIDC without a token",
      () => ({ ARM_USE_OIDC: "true", ARM_CLIENT_ID: "c" }),
      /^Sign-in with OIDC needs a token: set ARM_OIDC_TOKEN or/,
    ],
    [
      "a PKCS #12 file",
      () => ({ ARM_CLIENT_ID: "c", ARM_CLIENT_CERTIFICATE_PATH: "a.pfx" }),
      /a\.pfx is PKCS #12; the dynamic resources need PEM: openssl pkcs12/,
    ],
    [
      "a closed port",
      () => secret({ ARM_METADATA_HOSTNAME: "localhost:59998" }),
      /https:\/\/localhost:59998 can't be reached \(ECONNREFUSED\): nothing is listening there/,
    ],
    [
      "a name that isn't there",
      () => secret({ ARM_METADATA_HOSTNAME: "nowhere.invalid" }),
      /https:\/\/nowhere\.invalid can't be reached \((ENOTFOUND|EAI_AGAIN)\)/,
    ],
    [
      "an unknown cloud",
      () => secret({ ARM_METADATA_HOSTNAME: "", ARM_ENVIRONMENT: "mars" }),
      /azure-native:environment is "mars"; expected public, usgovernment, china/,
    ],
  ])("%s", async (_name, environment, sentence) => {
    const failure = await files(environment()).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(failure?.message).toMatch(sentence);
    expect(failure?.message.split("\n")).toHaveLength(1);
    expect(failure?.message).not.toContain("hush-hush");
  });
});
