import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, it } from "@jest/globals";
import { openBrowser } from "../../playground/open-browser";

const address = "http://127.0.0.1:4180/?token=c2VjcmV0LXRva2Vu";
let remove = () => {};
afterEach(() => remove());

it.each<[NodeJS.Platform, string]>([
  ["linux", "xdg-open"],
  ["darwin", "open"],
  ["win32", "rundll32"],
])("on %s the token stands in no argument, but in a file of its owner alone", (platform, program) => {
  let started: string[] = [];
  remove = openBrowser(address, (command, args) => (started = [command, ...args]), platform);
  expect(started[0]).toBe(program);
  expect(started.join(" ")).not.toContain("token=");
  const file = started.at(-1)!;
  expect(readFileSync(file, "utf8")).toContain(`content="0;url=${address}"`);
  // Windows keeps access lists instead; there the temporary folder is the user's own.
  const open = process.platform === "win32" ? 0 : 0o077;
  expect(statSync(file).mode & open).toBe(0);
  expect(statSync(path.dirname(file)).mode & open).toBe(0);
});

it("the file goes when the run ends", () => {
  let file = "";
  remove = openBrowser(address, (_command, args) => (file = args.at(-1)!));
  remove();
  expect(existsSync(path.dirname(file))).toBe(false);
});
