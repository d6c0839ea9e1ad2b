import { expect, it } from "@jest/globals";
import { systemError } from "../../azure-openai/system-error";

const failure = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: words of the system`), { code, path });

it.each([
  ["ENOSPC", "/d/f", /^The disk is full, so \/d\/f could not be written\. Free some space/],
  ["EDQUOT", "/d/f", /quota is used up, so \/d\/f/],
  ["EACCES", "/d/f", /permission to access \/d\/f\. Change the permissions or owner of \/d\/f/],
  ["EPERM", "/d/f", /permission to access \/d\/f/],
  ["EROFS", "/d/f", /^\/d\/f is on a read-only file system/],
  ["EMFILE", undefined, /^This process has too many files open\. Raise the limit/],
  ["ENFILE", undefined, /^Too many files are open on this machine/],
  ["EIO", undefined, /^The disk reported an error when accessing a file\./],
])("%s of %s is a sentence with a next step, without the system's words", (code, path, sentence) => {
  expect(systemError(failure(code, path))).toMatch(sentence);
  expect(systemError(failure(code, path))).not.toContain(code);
});

it("what was written is named where the error names no path, as while a file is being filled", () => {
  expect(systemError(failure("ENOSPC"), "new.jsonl")).toMatch(/so new\.jsonl could not be written/);
});

it("every other error is none of these", () => {
  expect(systemError(failure("ENOENT", "/d/f"))).toBeUndefined();
  expect(systemError(failure("toString"))).toBeUndefined();
  expect(systemError(new TypeError("x is not a function"))).toBeUndefined();
  expect(systemError("ENOSPC")).toBeUndefined();
});
