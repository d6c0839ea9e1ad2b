import { expect, it } from "@jest/globals";
import { checkpointOf, isTunedName, withoutCheckpoint } from "../../azure-openai/model-names";

it.each([
  ["gpt-4o-mini", false, "last"],
  ["gpt-4o-mini-2024-07-18.ft-1-tutor", true, "last"],
  ["gpt-4o-mini-2024-07-18.ft-1-tutor:ckpt-step-40", true, 40],
] as const)("%s: tuned is %s, checkpoint %s", (name, tuned, checkpoint) => {
  expect([isTunedName(name), checkpointOf(name)]).toEqual([tuned, checkpoint]);
  expect(withoutCheckpoint(name)).toBe(name.split(":")[0]);
});
