import { expect, it } from "@jest/globals";
import { interruptionNotice } from "../../../stack/recovery/interruption-notice";

it.each([
  [{ staleLock: true, pendingOperations: 0 }, /its lock was left behind\)\. Repair the stack with .*npm run recover/],
  [{ staleLock: false, pendingOperations: 1 }, /\(1 operation did not finish\)/],
  [{ staleLock: true, pendingOperations: 2 }, /its lock was left behind, 2 operations did not finish/],
  [{ staleLock: false, pendingOperations: 0, damagedState: true }, /\(its state file is damaged\)\. Repair the stack/],
])("%j names the command that repairs it", (interruption, sentence) => {
  expect(interruptionNotice(interruption)).toMatch(sentence);
});

it.each([
  { staleLock: false, pendingOperations: 0 },
  { runningProcess: 7, staleLock: false, pendingOperations: 3 },
])("%j is no interruption", (interruption) => {
  expect(interruptionNotice(interruption)).toBeUndefined();
});

it("the command names another stack", () => {
  expect(interruptionNotice({ staleLock: false, pendingOperations: 1 }, "dev")).toContain(
    "npm run recover -- --stack dev",
  );
});
