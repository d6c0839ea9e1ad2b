import { expect, it } from "@jest/globals";
import { trimStack } from "../../program/trim-stack";

it("the frame that can't be printed goes, the others stay", () => {
  const error = new Error("no such group");
  error.stack = [
    "Error: no such group",
    "    at pipeline (/project/index.ts:2:760)",
    "    at Stack.initialize (/project/node_modules/@pulumi/runtime/stack.ts:78:28)",
    "    at Stack.initializeAndRegisterOutputs (/project/node_modules/@pulumi/resource.ts:1598:22)",
  ].join("\n");
  expect(trimStack(error)).toBe(error);
  expect(error.stack.split("\n")).toHaveLength(3);
  expect(error.stack).not.toContain("resource.ts");
});

it.each([undefined, "text", { stack: 1 }])("%p passes through", (thrown) => expect(trimStack(thrown)).toBe(thrown));

it("text of a service in message and stack can't steer the terminal", () => {
  const error = new Error("refused\u001b[2J\n::error::x");
  expect(trimStack(error)).toBe(error);
  expect(error.message).toBe("refused\\u001b[2J\n\\u003a:error::x");
  expect(error.stack).toContain("refused\\u001b[2J\n\\u003a:error::x");
});
