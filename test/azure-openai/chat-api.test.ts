import { expect, it } from "@jest/globals";
import { chatApiOf } from "../../azure-openai/chat-api";
import { shippedCatalog } from "../../catalog";

it.each([
  [undefined, "v1"],
  ["OpenAI", "v1"],
  ["openai", "v1"],
  ["OpenAI-OSS", "dated"],
  ["Microsoft", "dated"],
  ["Meta", "dated"],
  ["Alibaba", "dated"],
  ["Mistral AI", "dated"],
])("the format %s is asked by the API %s", (format, api) => {
  expect(chatApiOf(format)).toBe(api);
});

it("every model that Foundry accounts alone tune is asked by the dated API, every other by v1", () => {
  for (const { id, format, accountKinds } of shippedCatalog.models)
    expect([id, chatApiOf(format)]).toEqual([id, accountKinds ? "dated" : "v1"]);
});
