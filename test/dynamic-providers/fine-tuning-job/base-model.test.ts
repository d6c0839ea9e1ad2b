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
  ["gpt-oss-20b", "gpt-oss-20b-11", true],
  ["gpt-oss-20b-11", "gpt-oss-20b", true],
  ["Ministral-3B", "ministral-3b-1", true],
  ["gpt-oss-20b", "gpt-oss-120b", false],
  ["gpt-oss-20b", `gpt-oss-20b-11.ft-${"0".repeat(32)}-a`, false],
  [`gpt-oss-20b-11.ft-${"0".repeat(32)}-a`, `gpt-oss-20b-11.ft-${"0".repeat(32)}-b`, false],
])("%s asked, %s answered: %s", (asked, answered, same) => {
  expect(isModel(asked, answered)).toBe(same);
});
