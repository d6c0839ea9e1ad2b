import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { comment } from "../../../commands/azure-devops/comment";
import { keepWaiting } from "../../../commands/azure-devops/keep-waiting";
import { AzureDevOpsApi } from "../../support/azure-devops-api";

let api: AzureDevOpsApi;
beforeEach(async () => {
  api = await AzureDevOpsApi.start();
});
afterEach(() => api.close());

describe("comment", () => {
  it("there is one per stack, brought up to date by later runs, in a thread that holds nothing up", async () => {
    // Somebody quotes our line, and an earlier comment of ours was deleted.
    const marker = "<!-- azure-openai-finetune preview dev -->";
    const thread = { on: "7", status: "active", isDeleted: false };
    api.threads.push({
      id: 1,
      ...thread,
      comments: [{ id: 1, content: `${marker}\nnot by us`, author: { id: "person" } }],
    });
    const deleted = { id: 1, content: marker, author: { id: "build" }, isDeleted: true };
    api.threads.push({ id: 2, ...thread, comments: [deleted] });
    api.threads.push({ id: 3, ...thread, comments: [] });
    expect(await comment(api.env, "dev", "## Summary\n")).toBe("Added a comment to pull request 7.");
    await comment(api.env, "prod", "## Summary\n");
    expect(await comment(api.env, "dev", "## Newer\n")).toBe("Updated the comment on pull request 7.");
    expect(api.threads.slice(3).map(({ status, comments }) => [status, comments[0]!.content])).toEqual([
      ["closed", `${marker}\n## Newer\n`],
      ["closed", "<!-- azure-openai-finetune preview prod -->\n## Summary\n"],
    ]);
    expect(api.threads[0]!.comments[0]!.content).toContain("not by us");
  });

  it("is no longer than Azure DevOps takes", async () => {
    await comment(api.env, "dev", "x".repeat(200_000));
    expect(api.threads[0]!.comments[0]!.content.length).toBeLessThan(150_000);
  });

  it.each([
    [
      403,
      "TF401027: You need the Git 'PullRequestContribute' permission",
      /403: TF401027: .*docs\/pipelines\.md lists/,
    ],
    [500, "Later.", /^Azure DevOps returned 500: Later\.$/],
  ])("a refusal is a sentence without the token: %s", async (status, message, sentence) => {
    api.refuse = { status, message };
    const refused = comment(api.env, "dev", "x");
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.not.toThrow(/job-token/);
  });

  it.each([
    ["SYSTEM_ACCESSTOKEN", /SYSTEM_ACCESSTOKEN is not set: add env: /],
    ["SYSTEM_PULLREQUEST_PULLREQUESTID", /is not set: .* branch policy of Azure Repos/],
  ])("a missing %s is named", async (name, sentence) => {
    await expect(comment({ ...api.env, [name]: "" }, "dev", "x")).rejects.toThrow(sentence);
  });
});

describe("keep-waiting", () => {
  it("starts the next run of this pipeline, with one more that has waited", async () => {
    api.builds.push({ id: 40, definition: "3", branch: "refs/heads/main", status: "inProgress" });
    api.builds.push({ id: 39, definition: "3", branch: "refs/heads/main", status: "completed" });
    api.builds.push({ id: 38, definition: "3", branch: "refs/heads/other", status: "inProgress" });
    expect(await keepWaiting(api.env, 2)).toBe("Started run 41, which will continue to wait for the training job.");
    expect(api.runs).toEqual([{ pipeline: "3", ref: "refs/heads/main", parameters: { waited: "3" } }]);
  });

  it("starts none beside one that is queued", async () => {
    api.builds.push({ id: 42, definition: "3", branch: "refs/heads/main", status: "notStarted" });
    expect(await keepWaiting(api.env, 0)).toBe(
      "Run 42 of this pipeline is already queued or running, so no new run was started.",
    );
    expect(api.runs).toEqual([]);
  });

  it("ends after a hundred runs", async () => {
    await expect(keepWaiting(api.env, 100)).rejects.toThrow("100 runs have already waited for the training job");
  });
});
