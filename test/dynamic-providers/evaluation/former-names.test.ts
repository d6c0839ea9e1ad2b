import { expect, it } from "@jest/globals";
import { formerNames } from "../../../dynamic-providers/evaluation/former-names";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";

const named = (name: string, former?: string[]) => ({
  deployment: { name, sku: "Standard" },
  ...(former && { formerNames: former }),
});

it.each<[string, Parameters<typeof formerNames>[0], string, string[] | undefined]>([
  ["the first run", undefined, "tutor", undefined],
  ["a state without one", {}, "tutor", undefined],
  ["the same name", named("tutor"), "tutor", undefined],
  ["a new name", named("tutor"), "guide", ["tutor"]],
  ["a later run under it", named("guide", ["tutor"]), "guide", ["tutor"]],
  ["another new one", named("guide", ["tutor"]), "coach", ["guide", "tutor"]],
  ["back to an earlier one", named("guide", ["tutor"]), "tutor", ["guide"]],
  ["one that is not known", named(UNKNOWN), "tutor", undefined],
  ["more than are remembered", named("f", ["e", "d", "c", "b", "a"]), "g", ["f", "e", "d", "c", "b"]],
])("%s", (_name, olds, name, former) => {
  expect(formerNames(olds, named(name))).toEqual(former);
});
