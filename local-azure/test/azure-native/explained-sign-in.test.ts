import { expect, it } from "@jest/globals";
import { explainedSignIn } from "../../src/azure-native/explained-sign-in";

const failing = (error: Error) =>
  explainedSignIn({ getToken: () => Promise.reject(error) }, "https://login.test").getToken("scope");

it.each([
  [
    "AADSTS7000215: Invalid client secret provided. Trace ID: 1\r\nCorrelation ID: 2",
    "Sign-in failed: AADSTS7000215: Invalid client secret provided. Check azure-native:clientSecret (ARM_CLIENT_SECRET): " +
      "it must be the secret's value, not its id.",
  ],
  [
    "AADSTS90002: Tenant 't' not found.",
    "Sign-in failed: AADSTS90002: Tenant 't' not found. Check azure-native:tenantId (ARM_TENANT_ID).",
  ],
  [
    "invalid_grant: 1 - AADSTS50001: Odd.\nmore",
    /^Sign-in failed: AADSTS50001: Odd\. Check azure-native:clientId, clientSecret/,
  ],
  [
    "endpoints_resolution_error: See https://aka.ms/x",
    /^Sign-in failed: https:\/\/login\.test did not answer as a login endpoint/,
  ],
  ["Azure CLI not found.\nInstall it.", /^Sign-in failed: Azure CLI not found\. Check .* or run `az login`\.$/],
])("%j", async (message, expected) => {
  await expect(failing(new Error(message))).rejects.toThrow(expected);
});

it("hands tokens on", async () => {
  const token = { token: "t", expiresOnTimestamp: 1 };
  expect(await explainedSignIn({ getToken: () => Promise.resolve(token) }, "https://x").getToken("s")).toBe(token);
});
