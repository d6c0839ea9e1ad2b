import { expect, it } from "@jest/globals";
import { parseAccountId, sameAccount, sameLocation } from "../../azure-openai/account-reference";

const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a";

it.each([id, id.toUpperCase(), `${id}/`])("parses %s", (given) => {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(given);
  expect([subscriptionId, resourceGroupName, accountName].map((part) => part.toLowerCase())).toEqual(["s", "g", "a"]);
});

it.each(["", "a", `${id}/deployments/d`, id.replace("CognitiveServices", "Storage"), `x${id}`])(
  "refuses %j",
  (given) => {
    expect(() => parseAccountId(given)).toThrow(/is not an ARM ID of an Azure OpenAI account/);
  },
);

it("compares without regard to spelling", () => {
  expect(sameAccount(id, `${id.toUpperCase()}/`)).toBe(true);
  expect(sameAccount(id, `${id}b`)).toBe(false);
  expect(sameLocation("North Central US", "northcentralus")).toBe(true);
  expect(sameLocation("westus", "westus2")).toBe(false);
});
