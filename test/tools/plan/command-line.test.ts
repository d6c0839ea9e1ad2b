import { expect, test } from "@jest/globals";
import { asCommand, commandKind, withFlags } from "../../../tools/plan/command-line";

test.each<[string, boolean, ReturnType<typeof commandKind>]>([
  ["preview", false, "preview"],
  ["pre --diff", true, "preview"],
  ["--color never preview", false, "other"], // `never` is taken for the command: pulumi gets it as it is.
  ["--color=never preview --refresh", false, "preview"],
  ["preview --json", false, "other"],
  ["preview -j", false, "other"],
  ["preview --help", true, "other"],
  ["preview --event-log mine.jsonl", true, "other"],
  ["up", true, "question"],
  ["update --diff -t urn:x", true, "question"],
  ["up", false, "other"],
  ["up --yes", true, "other"],
  ["up -y", true, "other"],
  ["up -fy", true, "other"],
  ["up --skip-preview", true, "other"],
  ["up --plan=plan.json", true, "other"],
  ["up --strict", true, "other"],
  ["destroy", true, "other"],
  ["stack output", true, "other"],
])("%s (terminal: %s) is %s", (line, terminal, kind) => {
  expect(commandKind(line.split(" "), terminal)).toBe(kind);
});

test("flags follow the command's name, whatever stands before it", () => {
  expect(withFlags(["--color=never", "up", "--diff"], "--yes")).toEqual(["--color=never", "up", "--yes", "--diff"]);
  expect(asCommand(["--color=never", "update", "--diff"], "preview")).toEqual(["--color=never", "preview", "--diff"]);
});
