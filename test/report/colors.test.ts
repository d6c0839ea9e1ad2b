import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { projectFolder } from "../../stack/project";

const figures = { refused: 0, unfinished: 0, ungraded: 0, asked: 1, tokens: { prompt: 1, completion: 1 } };
const summary = {
  ...{ version: 1, cases: { sha256: "a", count: 1 }, grader: { title: "exact", sha256: "b" }, comparisons: [] },
  models: [{ ...figures, name: "new\u001b[2J", model: "m", score: { mean: 1, low: 1, high: 1 } }],
  verdict: { passed: false, checks: [{ rule: "minScore", bound: 2, value: 1, passed: false }] },
  warnings: ["1 case is few."],
};

it("npm run report --evaluation: the colors are sent to the terminal, and nothing of others steers it", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "report-colors-"));
  try {
    const file = path.join(folder, "results.json");
    const cases = [{ line: 1, messages: [], answers: [{ text: "a", score: 1 }] }];
    writeFileSync(file, JSON.stringify({ summary, cases }));
    const { NO_COLOR: _, ...env } = process.env;
    const args = ["commands/bootstrap.js", "commands/report", "--evaluation", file];
    const options = { cwd: projectFolder, env: { ...env, FORCE_COLOR: "1" }, encoding: "utf8" } as const;
    const { stdout } = spawnSync(process.execPath, args, options);
    expect(stdout).toContain("\u001b[33mwarning: 1 case is few.\u001b[39m");
    expect(stdout).toContain("\u001b[1mNot passed.\u001b[22m");
    expect(stdout.replaceAll(/\u001b\[\d+m/g, "")).not.toContain("\u001b");
    expect(stdout).not.toMatch(/\\u001b\[(?!2J)/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
