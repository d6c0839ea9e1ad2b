import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { projectFolder, stepsOf, workflowNames } from "./workflow-files";

function run(script: string, platform: NodeJS.ProcessEnv = {}) {
  const command = path.join(projectFolder, ".ci", "without-commands");
  const env = { PATH: process.env.PATH, ...platform };
  const { stdout, status } = spawnSync(command, ["bash", "-c", script], { encoding: "utf8", env });
  return { stdout, status };
}

const inert = /^::stop-commands::([0-9a-f]{32})\n([^]*)\n::([0-9a-f]{32})::\n$/;

it("wraps what a command prints, and ends with its exit code", () => {
  const { stdout, status } = run("echo ::error::x; printf half; exit 7");
  const [, begins, printed, ends] = inert.exec(stdout)!;
  expect(begins).toBe(ends);
  expect(printed).toBe("::error::x\nhalf");
  expect(status).toBe(7);
  expect(run("true").status).toBe(0);
});

it("can't be ended by what is printed: each run has a token of its own", () => {
  const tokens = Array.from({ length: 5 }, () => inert.exec(run("true").stdout)![1]);
  expect(new Set(tokens).size).toBe(5);
});

it("breaks the commands that Azure Pipelines would take, and keeps the exit code", () => {
  const script =
    "echo 'a ##vso[task.setvariable variable=x]y ##[section] ## [b] # title'; echo 'e ##vso[x]' >&2; exit 7";
  expect(run(script, { TF_BUILD: "True" })).toEqual({
    stdout: "a # #vso[task.setvariable variable=x]y # #[section] ## [b] # title\ne # #vso[x]\n",
    status: 7,
  });
  expect(run("true", { TF_BUILD: "True" })).toEqual({ stdout: "", status: 0 });
});

it("leaves the output as it is where GitLab runs it", () => {
  expect(run("echo '::error::x'; exit 7", { GITLAB_CI: "true" })).toEqual({ stdout: "::error::x\n", status: 7 });
});

// Previews go to a file, which preview-summary shows.
it("stands before every command of pulumi that prints into the log of a workflow", () => {
  const lines = workflowNames.flatMap((name) => stepsOf(name).flatMap(({ step }) => (step.run ?? "").split("\n")));
  const pulumi = lines.filter((line) => /\b(ci:(?!\S*preview)\S+|pulumi (up|destroy|refresh))/.test(line));
  expect(pulumi.length).toBeGreaterThanOrEqual(2);
  for (const line of pulumi) expect(line).toMatch(/^\s*\.ci\/without-commands npm run -s ci:/);
  const previews = lines.filter((line) => /\bci:\S*preview/.test(line));
  expect(previews.length).toBeGreaterThanOrEqual(3);
  for (const line of previews) expect(line).toContain("> preview.json 2>&1");
});
