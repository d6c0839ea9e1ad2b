import { expect, it } from "@jest/globals";
import { promotedStack } from "../../../commands/submit/promoted-stack";

it.each<[string, string, string | undefined]>([
  ["promotes a model", "config:\n  p:promote:\n    stack: dev\n    version: 2\n", "dev"],
  ["promotes one, set without --path", `config:\n  p:promote: '{"stack":"dev"}'\n`, "dev"],
  ["trains", "config:\n  p:location: swedencentral\n", undefined],
  ["has promote of another project", "config:\n  q:promote:\n    stack: dev\n", undefined],
  ["names no stack", "config:\n  p:promote: {}\n", undefined],
  ["has no settings", "config:\n", undefined],
  ["is empty", "", undefined],
])("a stack that %s", (_, settings, expected) => {
  expect(promotedStack(settings, "p")).toBe(expected);
});
