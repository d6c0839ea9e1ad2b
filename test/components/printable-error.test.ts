import { expect, test } from "@jest/globals";
import { printable } from "../../components/printable-error";

test("the frame that can't be printed goes, the others stay", () => {
  const error = new Error("no such group");
  error.stack = [
    "Error: no such group",
    "    at pipeline (/project/index.ts:2:760)",
    "    at Stack.initialize (/project/node_modules/@pulumi/runtime/stack.ts:78:28)",
    "    at Stack.initializeAndRegisterOutputs (/project/node_modules/@pulumi/resource.ts:1598:22)",
  ].join("\n");
  expect(printable(error)).toBe(error);
  expect(error.stack.split("\n")).toHaveLength(3);
  expect(error.stack).not.toContain("resource.ts");
});

test.each([undefined, "text", { stack: 1 }])("%p passes through", (thrown) => expect(printable(thrown)).toBe(thrown));
