import { expect, it } from "@jest/globals";
import { interruptionNotice } from "../../../stack/recovery/interruption-notice";
import { rehearsalPlace } from "../../../stack/rehearsal/folder";

it.each([
  [{ staleLock: true, pendingOperations: 0 }, /its lock was left behind\)\. Repair the stack with .*npm run recover/],
  [{ staleLock: false, pendingOperations: 1 }, /\(1 operation did not finish\)/],
  [{ staleLock: true, pendingOperations: 2 }, /its lock was left behind, 2 operations did not finish/],
  [{ staleLock: false, pendingOperations: 0, damagedState: true }, /\(its state file is damaged\)\. Repair the stack/],
])("%j names the command that repairs it", (interruption, sentence) => {
  expect(interruptionNotice(interruption, rehearsalPlace)).toMatch(sentence);
});

it.each([
  { staleLock: false, pendingOperations: 0 },
  { runningProcess: 7, staleLock: false, pendingOperations: 3 },
])("%j is no interruption", (interruption) => {
  expect(interruptionNotice(interruption, rehearsalPlace)).toBeUndefined();
});

it.each([
  ["another stack", { ...rehearsalPlace, stack: "dev" }, "npm run recover -- --stack dev"],
  [
    "another project's stack of the rehearsal's name",
    { stack: "local", folder: "/my models" },
    "npm run recover -- --cwd '/my models' --stack local",
  ],
])("the command names %s", (_whose, target, command) => {
  expect(interruptionNotice({ staleLock: false, pendingOperations: 1 }, target)).toContain(command);
});
