import { afterAll, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createDefaultHttpClient } from "@azure/core-rest-pipeline";
import type { Cloud } from "../../src/azure-native/cloud";
import { readConfiguration } from "../../src/azure-native/configuration";
import { findIdentity } from "../../src/azure-native/credential";

const cloud: Cloud = { resourceManager: "https://a", loginEndpoint: "https://l", audience: "https://a", graph: "" };
const ids = { ARM_SUBSCRIPTION_ID: "s", ARM_TENANT_ID: "t", ARM_CLIENT_ID: "c" };
const folder = mkdtempSync(path.join(tmpdir(), "credential-"));
afterAll(() => rmSync(folder, { recursive: true }));
const certificate = path.join(folder, "certificate.pem");
writeFileSync(certificate, "not read before the first sign-in");

const identityOf = (environment: Record<string, string>) =>
  findIdentity(readConfiguration(new Map(), environment), cloud, createDefaultHttpClient());

/** Each step leaves out the one before it: the first that is configured is taken. */
const all = {
  ...ids,
  ARM_USE_DEFAULT_AZURE_CREDENTIAL: "true",
  ARM_CLIENT_CERTIFICATE_PATH: certificate,
  ARM_CLIENT_SECRET: "secret",
  ARM_USE_OIDC: "true",
  ARM_OIDC_TOKEN: "token",
  ARM_USE_MSI: "true",
};

it.each([
  [[], "DefaultAzureCredential"],
  [["ARM_USE_DEFAULT_AZURE_CREDENTIAL"], "ClientCertificateCredential"],
  [["ARM_CLIENT_CERTIFICATE_PATH"], "ClientSecretCredential"],
  [["ARM_CLIENT_SECRET"], "ClientAssertionCredential"],
  [["ARM_USE_OIDC"], "ManagedIdentityCredential"],
  [["ARM_USE_MSI"], "AzureCliCredential"],
])("without %j up to here: %s", async (last, expected) => {
  const order = [
    "ARM_USE_DEFAULT_AZURE_CREDENTIAL",
    "ARM_CLIENT_CERTIFICATE_PATH",
    "ARM_CLIENT_SECRET",
    "ARM_USE_OIDC",
    "ARM_USE_MSI",
  ];
  const left = order.slice(0, order.indexOf(last[0] ?? "") + 1);
  const environment = Object.fromEntries(Object.entries(all).filter(([name]) => !left.includes(name)));
  const { credential, subscriptionId } = await identityOf(environment);
  expect(credential.constructor.name).toBe(expected);
  expect(subscriptionId).toBe("s");
});

it.each([
  ["ARM_SUBSCRIPTION_ID", "azure-native:subscriptionId (ARM_SUBSCRIPTION_ID) must be set"],
  ["ARM_TENANT_ID", "azure-native:tenantId (ARM_TENANT_ID) must be set"],
  ["ARM_CLIENT_ID", "azure-native:clientId (ARM_CLIENT_ID) must be set"],
])("names the missing %s", async (missing, expected) => {
  const environment = Object.fromEntries(
    Object.entries({ ...ids, ARM_CLIENT_SECRET: "x" }).filter(([name]) => name !== missing),
  );
  await expect(identityOf(environment)).rejects.toThrow(expected);
});

it("names the ways to give an OIDC token", async () => {
  await expect(identityOf({ ...ids, ARM_USE_OIDC: "true" })).rejects.toThrow("ARM_OIDC_TOKEN_FILE_PATH");
});

// As azure-native: what is written into the file later does not reach a provider that runs.
it("reads the file of an OIDC token once, and says when it is not there", async () => {
  const file = path.join(folder, "token");
  await expect(identityOf({ ...ids, ARM_USE_OIDC: "true", ARM_OIDC_TOKEN_FILE_PATH: file })).rejects.toThrow(
    `The OIDC token can't be read from ${file}: ENOENT`,
  );
  writeFileSync(file, "first\n");
  const { credential } = await identityOf({ ...ids, ARM_USE_OIDC: "true", ARM_OIDC_TOKEN_FILE_PATH: file });
  writeFileSync(file, "second");
  const { getAssertion } = credential as unknown as { getAssertion: () => Promise<string> };
  expect(await getAssertion()).toBe("first");
});
