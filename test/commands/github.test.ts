import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { GithubApi } from "../support/github-api";

// The command runs in a process of its own: its client is an ES module, which the test runner doesn't load.
jest.setTimeout(30_000);

const projectFolder = path.resolve(__dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "github-"));
const summary = path.join(folder, "summary.md");
let api: GithubApi;
beforeEach(async () => {
  api = await GithubApi.start();
});
afterEach(() => api.close());
beforeAll(() => writeFileSync(summary, "## Summary\n"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function github(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const all = { PATH: process.env.PATH, ...api.env, GITHUB_TOKEN: "job-token", PULUMI_STACK: "dev", ...env };
  // As `npm run github` does.
  const command = ["commands/bootstrap.js", "commands/github"];
  const child = spawn(process.execPath, [...command, ...args], { cwd: projectFolder, env: all });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

describe("comment", () => {
  const comment = (env?: NodeJS.ProcessEnv) => github(["comment", summary, "--pull-request", "7"], env);

  it("there is one per stack, brought up to date by later runs", async () => {
    // Others talk, too, more than one page of the list; and somebody quotes our invisible line.
    for (let number = 1; number <= 105; number++)
      api.comments.push({ on: 7, number, body: "Looks good", user: { type: "User" }, state: "open" });
    api.comments[3]!.body = "<!-- azure-openai-finetune preview dev -->\nnot by us";
    expect(await comment()).toSucceed();
    expect(await comment({ PULUMI_STACK: "prod" })).toSucceed();
    writeFileSync(summary, "## Newer summary\n");
    expect(await comment()).toSucceed();
    expect(api.comments.slice(105).map(({ body }) => body)).toEqual([
      "<!-- azure-openai-finetune preview dev -->\n## Newer summary\n",
      "<!-- azure-openai-finetune preview prod -->\n## Summary\n",
    ]);
  });

  it.each([
    [
      { status: 403, message: "Resource not accessible by integration" },
      /GitHub returned 403: Resource not accessible.*permissions/,
    ],
    [{ status: 401, message: "Bad credentials" }, /GitHub returned 401: Bad credentials/],
  ])("a refusal is a sentence: %j", async (refusal, sentence) => {
    api.refuse = refusal;
    const { code, stderr } = await comment();
    expect({ code, stderr }).toExitWith(1);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("a missing variable is named", async () => {
    const { code, stderr } = await comment({ GITHUB_TOKEN: "" });
    expect({ code, stderr }).toExitWith(1, { stderr: expect.stringContaining("GITHUB_TOKEN is not set") });
  });
});

it("drift-issue opens one, keeps it up to date and closes it", async () => {
  const drift = (verdict: string) => github(["drift-issue", summary, "--verdict", verdict]);
  expect(await drift("none")).toSucceed({ stderr: expect.stringContaining("none open") });
  expect(await drift("redeploys")).toSucceed({ stderr: expect.stringContaining("opened") });
  writeFileSync(summary, "## Still gone\n");
  expect(await drift("redeploys")).toSucceed({ stderr: expect.stringContaining("updated") });
  expect(api.issues).toMatchObject([
    {
      title: "Drift: stack dev differs from the code",
      labels: ["drift"],
      state: "open",
      body: expect.stringContaining("## Still gone"),
    },
  ]);
  // What is deployed is what the code says, though a newer model did not pass.
  expect(await drift("rejected")).toSucceed({ stderr: expect.stringContaining("closed") });
  expect(api.issues).toMatchObject([{ state: "closed" }]);
  expect(api.comments).toMatchObject([{ on: 1, body: expect.stringContaining("No more drift") }]);
});

describe("comment-of-run: the summary that a pull request's own code left", () => {
  const event = path.join(folder, "event.json");
  const run = {
    id: 99,
    event: "pull_request",
    path: ".github/workflows/preview.yml",
    head_sha: "0123456789abcdef",
    html_url: "https://github.test/team/models/actions/runs/99",
    head_repository: { full_name: "team/models" },
    pull_requests: [
      {
        number: 7,
        head: { sha: "0123456789abcdef" },
        base: { repo: { url: "https://github.test/repos/team/models" } },
      },
    ],
  };
  const call = (args: string[], changes: object = {}) => {
    writeFileSync(
      event,
      JSON.stringify({ repository: { full_name: "team/models" }, workflow_run: { ...run, ...changes } }),
    );
    return github(args, { GITHUB_EVENT_PATH: event });
  };
  const left = (size_in_bytes: number, changes: object = {}) =>
    api.artifacts.push({ id: 1, run: 99, name: "preview-summary", size_in_bytes, expired: false, ...changes });

  it("is downloaded when it is there, of an open pull request, and small", async () => {
    expect(await call(["run-artifact"])).toSucceed({ stdout: "found=false\n" });
    left(2000, { expired: true });
    expect(await call(["run-artifact"])).toSucceed({ stdout: "found=false\n" });
    left(2000);
    expect(await call(["run-artifact"])).toSucceed({ stdout: "found=true\n" });
    const fork = await call(["run-artifact"], { head_repository: { full_name: "else/models" } });
    expect(fork).toSucceed({ stdout: "found=false\n", stderr: expect.stringContaining("else/models") });
    left(70_000);
    expect(await call(["run-artifact"])).toExitWith(1, {
      stdout: "",
      stderr: expect.stringContaining("preview-summary is 70,000 bytes; expected at most 65,536"),
    });
  });

  it("is written where GitHub says, whatever the text says, and does nothing", async () => {
    const text =
      "<!-- azure-openai-finetune preview prod -->\n## Summary\nFor #8: [ok](https://evil.example) @octocat\n";
    writeFileSync(summary, text);
    expect(await call(["comment-of-run", summary])).toSucceed();
    expect(api.comments).toMatchObject([{ on: 7 }]);
    const [{ body } = { body: "" }] = api.comments;
    expect(body).toMatch(
      /^<!-- azure-openai-finetune preview dev -->\n_Written by the pull request's own code at 0123456789ab/,
    );
    expect(body).toContain("\n## Summary\n");
    for (const live of ["preview prod -->\n<", "](https://evil", "https://evil", "@octocat", "#8", "\n<!--"])
      expect(body).not.toContain(live);
  });

  it("a newer commit's run writes it, not this one", async () => {
    const { code, stderr } = await call(["comment-of-run", summary], { head_sha: "older" });
    expect({ code, stderr }).toSucceed({ stderr: expect.stringContaining("has a newer commit") });
    expect(api.comments).toEqual([]);
  });

  it.each<[string, (file: string) => void, RegExp]>([
    ["a symbolic link", (file) => symlinkSync("/etc/passwd", file), /can't be read \(ELOOP\)/],
    ["a folder", (file) => mkdirSync(file), /not a regular file/],
    [
      "more than was announced",
      (file) => writeFileSync(file, "a".repeat(65_537)),
      /65,537 bytes; expected at most 65,536/,
    ],
    ["no file", () => undefined, /can't be read \(ENOENT\)/],
    ["no text", (file) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00])), /not UTF-8/],
  ])("%s is refused", async (_, make, sentence) => {
    const file = path.join(mkdtempSync(path.join(folder, "artifact-")), "summary.md");
    make(file);
    const { code, stderr } = await call(["comment-of-run", file]);
    expect({ code, stderr }).toExitWith(1, { stderr: expect.stringMatching(sentence) });
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(api.comments).toEqual([]);
  });
});

describe("dispatch leaves it to a run that is there already: GitHub keeps one waiting run of a group, and cancels the other", () => {
  const run = (status: string, changes: object = {}) => ({
    id: 2,
    workflow: "up.yml",
    branch: "main",
    status,
    ...changes,
  });

  it.each(["queued", "pending", "waiting", "requested"])("a run that is %s", async (status) => {
    api.runs.push(run("in_progress", { id: 1 }), run(status));
    const { code, stderr } = await github(["dispatch", "up.yml", "waited=3"], { GITHUB_RUN_ID: "1" });
    expect({ code, stderr }).toSucceed({ stderr: expect.stringContaining("Run 2 of up.yml is already waiting") });
    expect(api.dispatches).toEqual([]);
  });

  it("not to itself, to an ended one or to one of another branch", async () => {
    api.runs.push(run("in_progress", { id: 1 }), run("completed"), run("queued", { branch: "other" }));
    expect(await github(["dispatch", "up.yml", "waited=3"], { GITHUB_RUN_ID: "1" })).toSucceed();
    expect(api.dispatches).toHaveLength(1);
  });
});

it("dispatch starts the next run on the same branch", async () => {
  expect(await github(["dispatch", "up.yml", "waited=3"])).toSucceed();
  expect(api.dispatches).toEqual([{ workflow: "up.yml", ref: "main", inputs: { waited: "3" } }]);
});
