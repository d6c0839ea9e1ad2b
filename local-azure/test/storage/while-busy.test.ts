import { expect, it } from "@jest/globals";
import { whileBusy } from "../../src/storage/while-busy";

/** A replacement that fails some times, on a machine whose pauses are counted. */
function attempt(platform: NodeJS.Platform, code: string, failures: number) {
  let tries = 0;
  const pauses: number[] = [];
  const replace = () => {
    tries += 1;
    if (tries <= failures) throw Object.assign(new Error(`${code}: rename`), { code });
    return "replaced";
  };
  const run = () => whileBusy(replace, { platform, pause: (milliseconds) => pauses.push(milliseconds) });
  return { run, pauses, tries: () => tries };
}

it.each(["EPERM", "EACCES", "EBUSY"])("on Windows a file that another program holds open is waited for: %s", (code) => {
  const { run, pauses } = attempt("win32", code, 3);
  expect(run()).toBe("replaced");
  expect(pauses).toEqual([5, 10, 20]);
});

it("one that stays open is an error after half a second", () => {
  const { run, pauses } = attempt("win32", "EBUSY", 100);
  expect(run).toThrow("EBUSY: rename");
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(515);
});

it.each<[NodeJS.Platform, string]>([
  ["win32", "ENOSPC"],
  ["win32", "ENOENT"],
  ["linux", "EPERM"],
  ["darwin", "EACCES"],
])("is told at once: %s, %s", (platform, code) => {
  const { run, tries } = attempt(platform, code, 1);
  expect(run).toThrow(code);
  expect(tries()).toBe(1);
});
