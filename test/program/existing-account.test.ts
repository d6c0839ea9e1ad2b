import { describe, expect, it } from "@jest/globals";
import { accountProblems, type AccountLookup, findAccount } from "../../program/existing-account";
import { mockProgram } from "../support/mocked-program";

const lookup: AccountLookup = { subscriptionId: "sub-1", resourceGroupName: "shared", accountName: "team" };
const properties = { customSubDomainName: "team", provisioningState: "Succeeded", disableLocalAuth: false } as never;
const live = { location: "swedencentral", kind: "OpenAI", properties };
const GET = "azure-native:cognitiveservices:getAccount";

describe("accountProblems", () => {
  it.each<[string, object, Partial<AccountLookup>, RegExp[]]>([
    ["none", {}, {}, []],
    ["a Foundry account", { kind: "AIServices" }, {}, []],
    ["its region in another spelling", {}, { location: "Sweden Central" }, []],
    [
      "another kind",
      { kind: "SpeechServices" },
      {},
      [/kind SpeechServices; expected an account of kind OpenAI or AIServices/],
    ],
    ["the kind that is asked for", { kind: "AIServices" }, { kind: "AIServices" }, []],
    [
      "no Foundry account",
      {},
      { kind: "AIServices" },
      [
        /account\.kind is "AIServices", but the existing account team is of kind OpenAI\. .+ ask its owner to upgrade it/,
      ],
    ],
    [
      "an upgraded account",
      { kind: "AIServices" },
      { kind: "OpenAI" },
      [/account\.kind is "OpenAI", but the existing account team is of kind AIServices\. Remove account\.kind\.$/],
    ],
    [
      "another region",
      {},
      { location: "westus" },
      [
        /location is "westus", but the existing account team is in swedencentral\. Remove location, or set it to swedencentral\./,
      ],
    ],
    [
      "no subdomain",
      { properties: { ...(properties as object), customSubDomainName: undefined } },
      {},
      [/no custom subdomain.+--custom-domain <name>/],
    ],
    [
      "being created",
      { properties: { provisioningState: "Creating" } },
      {},
      [/^The existing account team is not ready \(provisioningState Creating\)/],
    ],
    [
      "keys that it refuses",
      { properties: { ...(properties as object), disableLocalAuth: true } },
      { readsKeys: true },
      [/localAuth is true, .+ API keys are disabled on .+ Set localAuth to false/],
    ],
    ["keys that nobody asked for", { properties: { ...(properties as object), disableLocalAuth: true } }, {}, []],
    ["several", { kind: "Face" }, { location: "westus" }, [/Face/, /westus/]],
  ])("%s", (_what, more, asked, problems) => {
    const found = accountProblems({ ...live, ...more }, { ...lookup, ...asked });
    expect(found).toEqual(problems.map((problem) => expect.stringMatching(problem)));
  });
});

describe("findAccount", () => {
  it("reads what decides the stack's inputs, and nothing that changes by itself", async () => {
    const answer = {
      ...{ ...live, etag: "1", tags: { a: "b" }, sku: { name: "S0" } },
      properties: {
        ...(properties as object),
        endpoint: "https://team.openai.azure.com/",
        publicNetworkAccess: "Enabled",
        networkAcls: { defaultAction: "Deny", ipRules: [{ value: "10.0.0.0/8" }], virtualNetworkRules: [] },
        callRateLimit: {},
      },
    };
    const program = await mockProgram({ [GET]: answer });
    expect(await findAccount(lookup)).toEqual({
      location: "swedencentral",
      kind: "OpenAI",
      sku: { name: "S0" },
      properties: {
        endpoint: "https://team.openai.azure.com/",
        disableLocalAuth: false,
        publicNetworkAccess: "Enabled",
        networkAcls: { defaultAction: "Deny", ipRules: [{ value: "10.0.0.0/8" }] },
      },
    });
    expect(program.called).toEqual([{ token: GET, inputs: { resourceGroupName: "shared", accountName: "team" } }]);
  });

  const claims = { oid: "11111111-2222-3333-4444-555555555555", idtyp: "app" };
  const token = `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;
  it.each<[string, string, RegExp]>([
    [
      "no such account",
      'Status=404 Code="ResourceNotFound" Message="The Resource was not found."',
      /there is no account "team" in the resource group "shared" of subscription sub-1\. Correct account\.name .+: az cognitiveservices account list/,
    ],
    [
      "no such group",
      'Status=404 Code="ResourceGroupNotFound" Message="x"',
      /there is no account "team" in the resource group "shared"/,
    ],
    ["another tenant", 'Status=404 Code="SubscriptionNotFound" Message="x"', /Subscription "sub-1" is not visible/],
    [
      "no rights",
      'Status=403 Code="AuthorizationFailed" Message="x"',
      /needs the Cognitive Services OpenAI Contributor role on it[^]+--assignee 11111111-2222-3333-4444-555555555555 --role 'Cognitive Services OpenAI Contributor' --scope \/subscriptions\/sub-1\/resourceGroups\/shared\/providers\/Microsoft\.CognitiveServices\/accounts\/team$/,
    ],
    [
      "an outage",
      'Status=500 Code="Boom" Message="Out of order"',
      /^The existing account team can't be read: Out of order/,
    ],
  ])("says of %s what to do", async (_what, message, sentence) => {
    await mockProgram({ [GET]: new Error(message), "azure-native:authorization:getClientToken": { token } });
    await expect(findAccount(lookup)).rejects.toThrow(sentence);
  });
});
