import { expect, it } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { actionlint } from "./actionlint";
import { projectFolder, sourceOf, workflowNames } from "./workflow-files";

const program = actionlint();
const run = (args: string[], input?: string) =>
  spawnSync(program!, ["-no-color", ...args], { cwd: projectFolder, encoding: "utf8", input });

if (!program && process.env.CI) {
  it("CI has what actionlint is built with", () => {
    expect(program).toBeDefined();
  });
} else if (!program) {
  // eslint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- what a bare machine lacks is said, not failed.
  it.skip("actionlint: skipped, since `go` is not on PATH to build it with", () => {});
} else {
  it.each(workflowNames)("actionlint has nothing against %s", (name) => {
    const { stdout, stderr, status } = run([`.github/workflows/${name}`]);
    expect(stdout + stderr).toBe("");
    expect(status).toBe(0);
  });

  it("would find a mistake", () => {
    const broken = sourceOf("ci.yml").replace("github.ref", "github.reff");
    const { stdout, status } = run(["-"], broken);
    expect(stdout).toMatch(/property "reff" is not defined/);
    expect(status).toBe(1);
  });
}
