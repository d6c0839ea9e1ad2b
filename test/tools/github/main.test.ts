import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { GithubApi } from "../../support/github-api";

// The command runs in a process of its own: its client is an ES module, which the test runner doesn't load.
jest.setTimeout(30_000);

const projectFolder = path.resolve(__dirname, "../../..");
const folder = mkdtempSync(path.join(tmpdir(), "github-"));
const summary = path.join(folder, "summary.md");
let api: GithubApi;
beforeEach(async () => {
  api = await GithubApi.start();
});
afterEach(() => api.close());
beforeAll(() => writeFileSync(summary, "## Summary\n"));
afterAll(() => rmSync(folder, { recursive: true }));

function github(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; stderr: string }> {
  const all = { PATH: process.env.PATH, ...api.env, GITHUB_TOKEN: "job-token", PULUMI_STACK: "dev", ...env };
  const tsx = path.join(projectFolder, "node_modules/tsx/dist/cli.mjs");
  const child = spawn(process.execPath, [tsx, "tools/github/main.ts", ...args], { cwd: projectFolder, env: all });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stderr })));
}

describe("comment", () => {
  const comment = (env?: NodeJS.ProcessEnv) => github(["comment", summary, "--pull-request", "7"], env);

  test("there is one per stack, brought up to date by later runs", async () => {
    // Others talk, too, more than one page of the list; and somebody quotes our invisible line.
    for (let number = 1; number <= 105; number++) {
      api.comments.push({ on: 7, number, body: "Looks good", user: { type: "User" }, state: "open" });
    }
    api.comments[3]!.body = "<!-- azure-openai-finetune preview dev -->\nnot by us";
    expect(await comment()).toMatchObject({ code: 0 });
    expect(await comment({ PULUMI_STACK: "prod" })).toMatchObject({ code: 0 });
    writeFileSync(summary, "## Newer summary\n");
    expect(await comment()).toMatchObject({ code: 0 });
    expect(api.comments.slice(105).map(({ body }) => body)).toEqual([
      "<!-- azure-openai-finetune preview dev -->\n## Newer summary\n",
      "<!-- azure-openai-finetune preview prod -->\n## Summary\n",
    ]);
  });

  test.each([
    [
      { status: 403, message: "Resource not accessible by integration" },
      /GitHub answered 403: Resource not accessible.*permissions/,
    ],
    [{ status: 401, message: "Bad credentials" }, /GitHub answered 401: Bad credentials/],
  ])("a refusal is a sentence: %j", async (refusal, sentence) => {
    api.refuse = refusal;
    const { code, stderr } = await comment();
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("a missing variable is named", async () => {
    const { code, stderr } = await comment({ GITHUB_TOKEN: "" });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("GITHUB_TOKEN is not set") });
  });
});

test("drift-issue opens one, keeps it up to date and closes it", async () => {
  const drift = (verdict: string) => github(["drift-issue", summary, "--verdict", verdict]);
  expect(await drift("none")).toMatchObject({ code: 0, stderr: expect.stringContaining("none open") });
  expect(await drift("redeploys")).toMatchObject({ code: 0, stderr: expect.stringContaining("opened") });
  writeFileSync(summary, "## Still gone\n");
  expect(await drift("redeploys")).toMatchObject({ code: 0, stderr: expect.stringContaining("updated") });
  expect(api.issues).toMatchObject([
    {
      title: "Drift: stack dev differs from the code",
      labels: ["drift"],
      state: "open",
      body: expect.stringContaining("## Still gone"),
    },
  ]);
  expect(await drift("none")).toMatchObject({ code: 0, stderr: expect.stringContaining("closed") });
  expect(api.issues).toMatchObject([{ state: "closed" }]);
  expect(api.comments).toMatchObject([{ on: 1, body: expect.stringContaining("No drift any more") }]);
});

describe("dispatch leaves it to a run that is there already: GitHub keeps one waiting run of a group, and cancels the other", () => {
  const run = (status: string, changes: object = {}) => ({
    id: 2,
    workflow: "up.yml",
    branch: "main",
    status,
    ...changes,
  });

  test.each(["queued", "pending", "waiting", "requested"])("a run that is %s", async (status) => {
    api.runs.push(run("in_progress", { id: 1 }), run(status));
    const { code, stderr } = await github(["dispatch", "up.yml", "waited=3"], { GITHUB_RUN_ID: "1" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("Run 2 of up.yml goes on") });
    expect(api.dispatches).toEqual([]);
  });

  test("not to itself, to an ended one or to one of another branch", async () => {
    api.runs.push(run("in_progress", { id: 1 }), run("completed"), run("queued", { branch: "other" }));
    expect(await github(["dispatch", "up.yml", "waited=3"], { GITHUB_RUN_ID: "1" })).toMatchObject({ code: 0 });
    expect(api.dispatches).toHaveLength(1);
  });
});

test("dispatch starts the next run on the same branch", async () => {
  expect(await github(["dispatch", "up.yml", "waited=3"])).toMatchObject({ code: 0 });
  expect(api.dispatches).toEqual([{ workflow: "up.yml", ref: "main", inputs: { waited: "3" } }]);
});
