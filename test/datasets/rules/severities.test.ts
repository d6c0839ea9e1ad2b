import { describe, expect, it } from "@jest/globals";
import { OptionError } from "../../../datasets";
import { ruleCodes } from "../../../datasets/rules/codes";
import { resolveSeverities } from "../../../datasets/rules/severities";
import { codes, examine, validRows } from "../examine";

describe("resolveSeverities", () => {
  it("has a severity for every code and takes what is set", () => {
    const severities = resolveSeverities({ "near-duplicate": "off", secret: "error" });
    expect(Object.keys(severities)).toEqual(ruleCodes);
    expect([severities["near-duplicate"], severities.secret, severities["blank-line"]]).toEqual([
      "off",
      "error",
      "warning",
    ]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ "near-dup": "off" }, "there is no rule 'near-dup'. Did you mean 'near-duplicate'?"],
    [{ blank_lines: "off" }, "Did you mean 'blank-line'?"],
    [{ constructor: "off" }, "there is no rule 'constructor'"],
    [{ secret: "fatal" }, "'fatal' is not a severity; expected error, warning or off."],
    [{ "bad-json": "warning" }, "this rule is always an error"],
  ])("refuses %j", (rules, message) => {
    expect(() => resolveSeverities(rules)).toThrow(OptionError);
    expect(() => resolveSeverities(rules)).toThrow(message);
  });

  it("decides what is an error and what is not looked for", async () => {
    const content = [...validRows(10), "", ...validRows(11).slice(10)].join("\n");
    expect(codes(await examine(content))).toEqual(["11 blank-line"]);
    expect((await examine(content, { rules: { "blank-line": "error" } })).report.errorCount).toBe(1);
    expect(codes(await examine(content, { rules: { "blank-line": "off" } }))).toEqual([]);
  });
});
