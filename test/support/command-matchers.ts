import { expect } from "@jest/globals";
import type { MatcherContext } from "expect";

declare module "expect" {
  interface Matchers<R extends void | Promise<void>> {
    /** The command ended with exit code 0, and its result has these members as `toMatchObject` compares them. */
    toSucceed(members?: object): R;
    /** The command ended with this exit code, and its result has these members. */
    toExitWith(code: number, members?: object): R;
    /** The command ended with an exit code other than 0, and its result has these members. */
    toFail(members?: object): R;
  }
}

/** How a command ended, and what it printed: as one text, or as two. */
interface Ended {
  code: number | null;
  output?: string;
  stdout?: string;
  stderr?: string;
}

/** Compares how a command ended. Where it ended otherwise, the failure shows everything that the command printed. */
function compare(context: MatcherContext, ended: Ended, expectedCode: string, codeIsRight: boolean, members: object) {
  const { equals, utils } = context;
  const membersAreRight = equals(ended, members, [
    ...context.customTesters,
    utils.iterableEquality,
    utils.subsetEquality,
  ]);
  const message = () =>
    [
      `Expected exit code: ${context.isNot ? "not " : ""}${utils.EXPECTED_COLOR(expectedCode)}`,
      `Received exit code: ${utils.RECEIVED_COLOR(String(ended.code))}`,
      ...(membersAreRight ? [] : [`Expected members: ${utils.printExpected(members)}`]),
      ...Object.entries(ended)
        .filter(([name]) => name in members || ["output", "stdout", "stderr"].includes(name))
        // One text of the output is enough.
        .filter(([name]) => name !== "stdout" || ended.output === undefined || "stdout" in members)
        .map(([name, value]) => `Received ${name}:\n${typeof value === "string" ? value : utils.printReceived(value)}`),
    ].join("\n\n");
  return { pass: codeIsRight && membersAreRight, message };
}

expect.extend({
  toSucceed(ended: Ended, members: object = {}) {
    return compare(this, ended, "0", ended.code === 0, members);
  },
  toExitWith(ended: Ended, code: number, members: object = {}) {
    return compare(this, ended, String(code), ended.code === code, members);
  },
  toFail(ended: Ended, members: object = {}) {
    return compare(this, ended, "other than 0", ended.code !== 0, members);
  },
});
