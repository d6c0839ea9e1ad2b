import { afterEach, beforeEach, expect, it, jest } from "@jest/globals";
import { finetuneType } from "../../../dynamic-providers/runtime/resource-types";
import { whyNotDeleted } from "../../../stack/promotions/why-not-deleted";

// What is asked, and what of an answer, is test/dynamic-providers/promoted-version/refuse-promoted.test.ts; with the script and the cloud it is end to end.
const accountId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/here";
const outputs = { accountId, retain: { versions: 3 }, versions: [{ version: 1, jobId: "ftjob-1", adopted: false }] };
const register = { urn: "urn:pulumi:dev::p::x::r", type: finetuneType("ModelVersions"), outputs };
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
const provider = (inputs: object) => ({
  urn: "urn:pulumi:dev::p::x::p",
  type: "pulumi:providers:azure-native",
  inputs,
});

const said: string[] = [];
beforeEach(() => {
  jest.spyOn(process.stderr, "write").mockImplementation((text) => Boolean(said.push(String(text))));
});
afterEach(() => {
  jest.restoreAllMocks();
  said.splice(0);
});

const ask = (resources: object[], env: NodeJS.ProcessEnv = {}, code = 0) => {
  const stdout = JSON.stringify({ deployment: { resources } });
  return whyNotDeleted({ env, pulumi: () => Promise.resolve({ code, stdout, stderr: "no stack" }) });
};

it("a stack without models, or whose state can't be read, is pulumi's", async () => {
  expect(await ask([provider({})])).toBeUndefined();
  expect(await ask([register], {}, 255)).toBeUndefined();
  expect(said).toEqual([]);
});

it("where the settings hold the secret encrypted, the handlers ask, and a line says so", async () => {
  expect(await ask([provider({ clientId: "c", clientSecret: secret }), register])).toBeUndefined();
  expect(said.join("")).toContain("deployed in other accounts, since azure-native:clientSecret is encrypted");
});

it("an identity that can't sign in has not been told that nobody serves the models", async () => {
  const env = {
    ...process.env,
    ARM_METADATA_HOSTNAME: "127.0.0.1:9",
    ARM_CLIENT_ID: "c",
    ARM_CLIENT_SECRET: "s",
    ARM_TENANT_ID: "t",
  };
  expect(await ask([provider({ clientSecret: secret }), register], env)).toMatch(
    /^could not check whether this stack's models are deployed in other accounts: .+ Nothing has been deleted\. Run the command again\.$/,
  );
});
