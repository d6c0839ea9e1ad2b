import { expect, test } from "@jest/globals";
import { cutOffSentence } from "../../../tools/recovery/say-cut-off";

test.each([
  [{ staleLock: true, pendingOperations: 0 }, /its lock was left behind\)\. Mend the stack with .*npm run recover/],
  [{ staleLock: false, pendingOperations: 1 }, /\(1 operation did not end\)/],
  [{ staleLock: true, pendingOperations: 2 }, /its lock was left behind, 2 operations did not end/],
  [{ staleLock: false, pendingOperations: 0, damagedState: true }, /\(its state file is damaged\)\. Mend the stack/],
])("%j names the way out", (interruption, sentence) => {
  expect(cutOffSentence(interruption)).toMatch(sentence);
});

test.each([
  { staleLock: false, pendingOperations: 0 },
  { runningProcess: 7, staleLock: false, pendingOperations: 3 },
])("%j is no interruption", (interruption) => {
  expect(cutOffSentence(interruption)).toBeUndefined();
});

test("another stack is named in the way out", () => {
  expect(cutOffSentence({ staleLock: false, pendingOperations: 1 }, "dev")).toContain("npm run recover -- --stack dev");
});
