import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { upFails } from "../../../commands/preview-summary/known-error";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { findingsOf, summarize } from "../../../commands/preview-summary/summary";
import { terminalSummary } from "../../../commands/preview-summary/terminal";
import { digest, type StepInput } from "./digest";
import { previewNames, recorded } from "./previews";

const today = new Date("2026-11-23T00:00:00Z");
const why = "Version 3 (model-3) did not pass its evaluation: it is bad. Version 2 keeps serving.";
const ends = `\`up\` ends with an error after everything else: ${why}`;

const register = (rejected: string): StepInput => ({ type: "ModelVersions", inputs: { versions: [], rejected } });
const gate = (rejected: string, op = "update"): StepInput => ({ type: "ReleaseGate", op, inputs: { rejected } });
const tags: StepInput = {
  type: "azure-native:cognitiveservices:Account",
  op: "update",
  ...{ old: { tags: {} }, inputs: { tags: { a: "b" } } },
};
const fails = (text: string) => upFails(findingsOf(readPreview(text), today));

describe("whether `up` is known to end with an error", () => {
  it.each<[string, StepInput[], boolean]>([
    ["nothing changes", [register(""), gate("", "same")], false],
    ["settings change", [tags, register(""), gate("", "same")], false],
    ["a rejected model alone", [register(why), gate(why)], true],
    ["a rejected model beside another change", [tags, register(why), gate(why)], true],
    ["the gate goes with the stack", [register(""), gate(why, "delete")], false],
    ["a job that is lost", [{ type: "FineTuningJob", op: "update", old: { record: "lost" }, inputs: {} }], true],
  ])("%s", (_name, steps, expected) => {
    expect(fails(digest(steps))).toBe(expected);
  });

  it("a preview that failed", () => {
    expect(fails(digest([tags], [{ severity: "error", message: "no quota" }]))).toBe(true);
    expect(fails("error: no such stack")).toBe(true);
  });

  it("one of several models, alone or beside a change of its own", () => {
    const parts = (model: string, rejected: string, ...more: StepInput[]) =>
      [register(rejected), gate(rejected, rejected === "" ? "same" : "update"), ...more].map((one) => ({
        ...one,
        model,
        name: `${model}-part`,
      }));
    const cost: StepInput = { type: "CostEstimate", op: "update", old: { a: 1 }, inputs: { a: 2 } };
    const critic = parts("critic", "");
    expect(fails(digest([...critic, ...parts("tutor", "")]))).toBe(false);
    expect(fails(digest([...critic, ...parts("tutor", why)]))).toBe(true);
    const text = digest([...critic, ...parts("tutor", why, cost)]);
    expect(fails(text)).toBe(true);
    expect(summarize(readPreview(text), today).markdown).toContain(`**Ends with an error.** tutor: ${ends}\n`);
  });

  it.each(previewNames)("a recorded preview: %s, which is blocked or ends well", (name) => {
    const { verdict, fails: failing } = summarize(readPreview(recorded(name)), today);
    expect(failing).toBe(verdict === "blocked");
  });
});

describe("is said", () => {
  const text = digest([tags, register(why), gate(why)]);

  it("in the summary of a pull request, below the verdict", () => {
    const [, , verdict, , error] = summarize(readPreview(text), today).markdown.split("\n");
    expect(verdict).toMatch(/^\*\*Rejected; changes settings\.\*\*/);
    expect(error).toBe(`**Ends with an error.** ${ends}`);
  });

  it("on a terminal, below the verdict and above the warnings", () => {
    const lines = terminalSummary(findingsOf(readPreview(text), today))
      .replace(/\u001b\[\d+m/g, "")
      .split("\n");
    expect(lines[1]).toBe(`  error    ${ends}`);
  });

  it.each<[string[], string, number]>([
    [[], text, 0],
    [["--exit-code"], text, 1],
    [["--exit-code", "--verdict"], text, 1],
    [["--exit-code", "--json"], text, 1],
    [["--exit-code"], digest([tags, register(""), gate("", "same")]), 0],
  ])("to scripts: preview-summary %j", (flags, input, code) => {
    const project = path.resolve(__dirname, "../../..");
    const args = ["commands/bootstrap.js", "commands/preview-summary", "-", ...flags];
    const run = spawnSync(process.execPath, args, { cwd: project, input, encoding: "utf8" });
    expect({ code: run.status, stderr: run.stderr }).toEqual({ code, stderr: "" });
    expect(run.stdout).toMatch(flags.includes("--verdict") ? /^changes\n$/ : flags.includes("--json") ? /^\{/ : /^## /);
  });
});
