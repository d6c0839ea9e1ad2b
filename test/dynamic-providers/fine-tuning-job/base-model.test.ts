import { expect, it } from "@jest/globals";
import { isModel } from "../../../dynamic-providers/fine-tuning-job/base-model";

it.each([
  ["gpt-4.1", "gpt-4.1-2025-04-14", true],
  ["gpt-4.1-2025-04-14", "gpt-4.1-2025-04-14", true],
  ["GPT-4.1", "gpt-4.1-2025-04-14", true],
  ["gpt-35-turbo", "gpt-35-turbo-0613", true],
  ["gpt-4.1", "gpt-4.1-mini-2025-04-14", false],
  ["gpt-4.1-2025-04-14", "gpt-4.1", false],
  ["gpt-4o-mini.ft-0123-a", "gpt-4o-mini.ft-0123-a", true],
  ["gpt-4o-mini.ft-0123-a", "gpt-4o-mini.ft-0123-b", false],
])("%s asked, %s answered: %s", (asked, answered, same) => {
  expect(isModel(asked, answered)).toBe(same);
});
