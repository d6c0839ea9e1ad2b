import { expect, it } from "@jest/globals";
import { asCommand, commented, withFlags, withoutFlag, worksOnStack } from "../../../commands/plan/command-line";
import { parseCommandLine } from "../../../stack/pulumi-cli/flags";

/** What is said about a command line: `up?` if we ask. */
const kindOf = (line: string, terminal: boolean, env = {}) => {
  const kind = commented(line.split(" "), terminal, env);
  return kind ? `${kind.command}${kind.asks ? "?" : ""}` : "other";
};

it.each<[string, boolean, string]>([
  ["preview", false, "preview"],
  ["pre --diff", true, "preview"],
  ["--color never preview", false, "preview"],
  ["--color=never preview --refresh", false, "preview"],
  ["preview --json", false, "other"],
  ["preview -j", false, "other"],
  ["preview --help", true, "other"],
  ["preview --event-log mine.jsonl", true, "other"],
  ["up", true, "up?"],
  ["update --diff -t urn:x", true, "up?"],
  ["up -s up", true, "up?"],
  ["-C folder up", true, "up?"],
  ["up", false, "up"],
  ["up --yes", true, "up"],
  ["up -y", true, "up"],
  ["up -fy", true, "up"],
  ["up -sfy", true, "up?"], // The stack `fy`.
  ["up --skip-preview", true, "up"],
  ["up --plan=plan.json", true, "up"],
  ["up --strict", true, "up"],
  ["up --show-secrets", true, "up"], // A plan would hold them in plain text.
  ["up --flag-of-a-newer-pulumi", true, "up"],
  ["up https://example.com/template", true, "other"],
  ["up -- template", true, "other"],
  ["destroy", true, "destroy?"],
  ["down --remove -t urn:x", true, "destroy?"],
  ["dn", false, "destroy"],
  ["destroy -y", true, "destroy"],
  ["destroy --preview-only", true, "preview"],
  ["refresh", true, "other"],
  ["stack output", true, "other"],
  ["--version", true, "other"],
])("%s (terminal: %s) is %s", (line, terminal, kind) => {
  expect(kindOf(line, terminal)).toBe(kind);
});

it.each([
  [{ PULUMI_SKIP_CONFIRMATIONS: "true" }, "up"],
  [{ PULUMI_SKIP_CONFIRMATIONS: "false" }, "up?"],
  [{ PULUMI_OPTION_YES: "1" }, "up"],
  [{ PULUMI_OPTION_JSON: "true" }, "other"],
  [{ PULUMI_OPTION_POLICY_PACK: "" }, "up?"],
])("the environment %j sets flags, too", (env, kind) => {
  expect(kindOf("up", true, env)).toBe(kind);
});

it("flags follow the command's name, whatever precedes it", () => {
  expect(withFlags(["--color", "never", "up", "--diff"], "--yes")).toEqual([
    "--color",
    "never",
    "up",
    "--yes",
    "--diff",
  ]);
  expect(asCommand(["-s", "up", "update", "--diff"], "preview")).toEqual(["-s", "up", "preview", "--diff"]);
  expect(withoutFlag(["destroy", "--remove", "--diff", "--remove=true"], "remove")).toEqual(["destroy", "--diff"]);
});

it.each([
  [["up", "-s", "dev"], "dev"],
  [["up", "-sdev"], "dev"],
  [["up", "-s=dev"], "dev"],
  [["up", "--stack=a=b"], "a=b"],
  [["up", "-ys", "dev", "--diff"], "dev"],
  [["up"], undefined],
])("the stack of %j is %s", (args, stack) => {
  expect(parseCommandLine(args).flags.get("stack")).toBe(stack);
});

it.each([
  [["up", "--yes"], true],
  [["--stack", "local", "dn"], true],
  [["refresh"], true],
  [["previw"], false],
  [["--bogus"], false],
])("%j can have failed because of an interrupted run: %s", (args, expected) => {
  expect(worksOnStack(args)).toBe(expected);
});
