import { expect, it } from "@jest/globals";
import { pullRequestOfRun, type WorkflowRunEvent } from "../../../commands/github/pull-request-of-run";

const base = { repo: { url: "https://api.github.com/repos/team/models" } };
const pullRequest = { number: 7, head: { sha: "abc" }, base };
const run = {
  id: 99,
  event: "pull_request",
  path: ".github/workflows/preview.yml",
  head_sha: "abc",
  html_url: "https://github.com/team/models/actions/runs/99",
  head_repository: { full_name: "team/models" },
  pull_requests: [pullRequest],
};
const target = (changes: Partial<NonNullable<WorkflowRunEvent["workflow_run"]>>) =>
  pullRequestOfRun({ repository: { full_name: "team/models" }, workflow_run: { ...run, ...changes } });

it("the pull requests whose newest commit the run had", () => {
  const other = { number: 8, head: { sha: "abc" }, base };
  expect(
    target({ pull_requests: [pullRequest, other, { ...pullRequest, number: 9, head: { sha: "older" } }] }),
  ).toEqual({
    pullRequests: [7, 8],
    runId: 99,
    runUrl: run.html_url,
    commit: "abc",
  });
});

it.each<[string, Parameters<typeof target>[0], RegExp]>([
  ["another event", { event: "push" }, /started by push/],
  [
    "another workflow of the same name",
    { path: ".github/workflows/mine.yml" },
    /belongs to \.github\/workflows\/mine\.yml/,
  ],
  ["a fork", { head_repository: { full_name: "else/models" } }, /code is from else\/models/],
  ["a repository that was deleted", { head_repository: null }, /a deleted repository/],
  ["a closed pull request", { pull_requests: [] }, /the branch has no open pull request/],
  ["a newer commit", { head_sha: "older" }, /has a newer commit/],
  [
    "a pull request of another repository",
    { pull_requests: [{ ...pullRequest, base: { repo: { url: "https://api.github.com/repos/else/models" } } }] },
    /no open pull request/,
  ],
  ["a number that is none", { pull_requests: [{ ...pullRequest, number: -1 }] }, /newer commit/],
  ["no id", { id: undefined }, /has no run ID or no commit/],
])("%s gets no comment", (_, changes, reason) => {
  expect(target(changes)).toEqual({ reason: expect.stringMatching(reason) });
});

it.each([{}, { repository: { full_name: "team/models" } }])("an event of another kind: %j", (event) => {
  expect(pullRequestOfRun(event)).toEqual({ reason: expect.stringContaining("not from a workflow run") });
});
