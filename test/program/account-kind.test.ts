import { afterEach, describe, expect, it, jest } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import {
  existingProject,
  kindAfter,
  liveAccount,
  noteKind,
  refuseProject,
  refuseUnsupported,
  refuseUpgrade,
  type LiveAccount,
} from "../../program/account-kind";
import { mockProgram } from "../support/mocked-program";

const GET = "azure-native:cognitiveservices:getAccount";
const account = (kind: string, properties: object = {}) => ({ kind, properties }) as unknown as LiveAccount;

afterEach(() => {
  jest.restoreAllMocks();
});

describe("the account is looked up", () => {
  it("as it is", async () => {
    await mockProgram({ [GET]: account("AIServices") });
    expect(await liveAccount("ResourceGroup1", "Acct")).toMatchObject({ kind: "AIServices" });
  });

  it("as one that is not there", async () => {
    await mockProgram({ [GET]: new Error('request failed /subscriptions/s: Status=404 Code="ResourceNotFound"') });
    expect(await liveAccount("ResourceGroup1", "Acct")).toBeUndefined();
  });

  it.each(["Status=403 Code=AuthorizationFailed", "Status=404 ERROR CODE UNAVAILABLE <html>"])(
    "and the run ends where that is not known: %s",
    async (message) => {
      await mockProgram({ [GET]: new Error(message) });
      await expect(liveAccount("ResourceGroup1", "Acct")).rejects.toThrow(/Account Acct can't be read: Status=40/);
    },
  );
});

it.each([
  [undefined, undefined, "OpenAI"],
  [undefined, "OpenAI", "OpenAI"],
  [undefined, "AIServices", "AIServices"],
  ["OpenAI", undefined, "OpenAI"],
  ["OpenAI", "OpenAI", "OpenAI"],
  ["OpenAI", "AIServices", "AIServices"],
  ["AIServices", undefined, "AIServices"],
  ["AIServices", "OpenAI", "AIServices"],
  ["AIServices", "AIServices", "AIServices"],
] as const)("an account of kind %s, with account.kind %s, has kind %s after the run", (live, asked, kind) => {
  expect(kindAfter(live && account(live), asked)).toBe(kind);
});

describe("a run says", () => {
  it.each<[string, LiveAccount | undefined, "OpenAI" | "AIServices" | undefined, RegExp[]]>([
    ["nothing of a new account", undefined, "AIServices", []],
    ["nothing where nothing changes", account("OpenAI"), undefined, []],
    ["nothing where the account is what is asked for", account("AIServices"), "AIServices", []],
    ["what an upgrade means", account("OpenAI"), "AIServices", [/upgraded in place .+ nothing is trained\. The stack/]],
    [
      "which zones a private endpoint needs then",
      account("OpenAI", { privateEndpointConnections: [{}] }),
      "AIServices",
      [/privatelink\.services\.ai\.azure\.com/],
    ],
    ["that Azure upgraded it", account("AIServices"), undefined, [/to which Azure upgrades .+ automatically/]],
    [
      "that it is not taken back",
      account("AIServices"),
      "OpenAI",
      [/account\.kind is OpenAI, but account Acct is of kind/],
    ],
  ])("%s", async (_name, live, asked, words) => {
    const info = jest.spyOn(pulumi.log, "info").mockResolvedValue();
    await noteKind("Acct", live, asked);
    expect(info.mock.calls.map(([text]) => text)).toEqual(words.map((one) => expect.stringMatching(one)));
  });
});

it("a Foundry account has no Weights & Biases", () => {
  expect(() => refuseUnsupported("Acct", [{ type: "wandb" }])).toThrow(/Remove it from `integrations`/);
  expect(() => refuseUnsupported("Acct", [])).not.toThrow();
  expect(() => refuseUnsupported("Acct", undefined)).not.toThrow();
});

it("an account with a customer-managed key is not upgraded by the setting", () => {
  const encrypted = { encryption: { keySource: "Microsoft.KeyVault" } };
  expect(() => refuseUpgrade("Acct", account("OpenAI", encrypted))).toThrow(/upgrades such accounts only on request/);
  expect(() => refuseUpgrade("Acct", account("AIServices", encrypted))).not.toThrow();
  expect(() => refuseUpgrade("Acct", account("OpenAI"))).not.toThrow();
  expect(() => refuseUpgrade("Acct", undefined)).not.toThrow();
});

it("an account of kind OpenAI has no project", () => {
  expect(() => refuseProject("Acct", "OpenAI", "tutor")).toThrow(
    /account\.project is "tutor", but account Acct is of kind OpenAI, .+ Set account\.kind to AIServices, or remove account\.project\./,
  );
  expect(() => refuseProject("Acct", "OpenAI", undefined)).not.toThrow();
  expect(() => refuseProject("Acct", "AIServices", "tutor")).not.toThrow();
});

describe("a project of an existing account", () => {
  const GET_PROJECT = "azure-native:cognitiveservices:getProject";
  const ENDPOINT = "https://x.services.ai.azure.com/api/projects/tutor";

  it("is used as it is", async () => {
    await mockProgram({ [GET_PROJECT]: { properties: { endpoints: { "AI Foundry API": ENDPOINT } } } });
    expect(await existingProject("shared", "team", "tutor")).toBe(ENDPOINT);
  });

  it.each([
    [
      'Status=404 Code="ResourceNotFound"',
      /account\.project is "tutor", but the existing account team has no such project.+Correct account\.project/,
    ],
    ["Status=403 Code=AuthorizationFailed", /The project tutor of account team can't be read: Status=403/],
  ])("stops the run: %s", async (message, words) => {
    await mockProgram({ [GET_PROJECT]: new Error(message) });
    await expect(existingProject("shared", "team", "tutor")).rejects.toThrow(words);
  });
});
