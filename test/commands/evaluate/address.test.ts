import { expect, it } from "@jest/globals";
import { addressOf } from "../../../commands/evaluate/address";

const account = "/subscriptions/0-1/resourceGroups/Group/providers/Microsoft.CognitiveServices/accounts/Tuning";

it.each([
  ["my-model.ft", { kind: "name", deployment: "my-model.ft" }],
  [`${account}/deployments/tuned`, { kind: "id", accountId: account, deployment: "tuned" }],
  [
    "https://a.openai.azure.com/tuned",
    { kind: "endpoint", endpoint: "https://a.openai.azure.com/", deployment: "tuned" },
  ],
  [
    "https://a.openai.azure.com/tuned/",
    { kind: "endpoint", endpoint: "https://a.openai.azure.com/", deployment: "tuned" },
  ],
  [
    "https://localhost:1/accounts/a/b",
    { kind: "endpoint", endpoint: "https://localhost:1/accounts/a/", deployment: "b" },
  ],
])("%s", (text, address) => {
  expect(addressOf(text)).toEqual(address);
});

it.each(["", "two words", "http://a.openai.azure.com/tuned", "https://a.openai.azure.com/", account, "https://"])(
  "refuses '%s'",
  (text) => {
    expect(() => addressOf(text)).toThrow(
      `Invalid value for --deployment: '${text}'. Expected a deployment's name in the stack's account`,
    );
  },
);
