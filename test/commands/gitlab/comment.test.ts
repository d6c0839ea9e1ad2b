import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { comment } from "../../../commands/gitlab/comment";
import { keepWaiting } from "../../../commands/gitlab/keep-waiting";
import { GitlabApi } from "../../support/gitlab-api";

let api: GitlabApi;
beforeEach(async () => {
  api = await GitlabApi.start();
});
afterEach(() => api.close());

describe("comment", () => {
  it("there is one per stack, brought up to date by later pipelines", async () => {
    const marker = "<!-- azure-openai-finetune preview dev -->";
    // Others talk, too, more than one page of the list; and somebody quotes our line.
    for (let id = 1; id <= 105; id++) api.notes.push({ id, on: "7", body: "Looks good", author: { id: 1 } });
    api.notes[3]!.body = `${marker}\nnot by us`;
    expect(await comment(api.env, "dev", "## Summary\n")).toBe("Added a note to merge request 7.");
    await comment(api.env, "prod", "## Summary\n");
    expect(await comment(api.env, "dev", "## Newer\n")).toBe("Updated the note on merge request 7.");
    expect(api.notes.slice(105).map(({ body }) => body)).toEqual([
      `${marker}\n## Newer\n`,
      "<!-- azure-openai-finetune preview prod -->\n## Summary\n",
    ]);
  });

  it("gives GitLab no orders", async () => {
    await comment(api.env, "dev", "/merge\n  /approve\na / b\n");
    expect(api.notes[0]!.body.split("\n").slice(1)).toEqual(["\u200b/merge", "  \u200b/approve", "a / b", ""]);
  });

  it("is left out without a token, and says so: a job's own can't write notes", async () => {
    expect(await comment({ ...api.env, FINETUNE_GITLAB_TOKEN: "" }, "dev", "x")).toMatch(
      /^No comment: FINETUNE_GITLAB/,
    );
    expect(api.notes).toEqual([]);
  });

  it.each([
    [401, "401 Unauthorized", /401: 401 Unauthorized\. Check that FINETUNE_GITLAB_TOKEN is valid/],
    [403, "403 Forbidden", /the api scope and at least the Reporter role/],
  ])("a refusal is a sentence without the token: %s", async (status, message, sentence) => {
    api.refuse = { status, message };
    const refused = comment(api.env, "dev", "x");
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.not.toThrow(/project-token/);
  });

  it("a missing variable is named", async () => {
    await expect(comment({ ...api.env, CI_MERGE_REQUEST_IID: "" }, "dev", "x")).rejects.toThrow(
      "CI_MERGE_REQUEST_IID is not set: GitLab sets it in a pipeline of a merge request.",
    );
  });
});

describe("keep-waiting", () => {
  it("starts the next pipeline of the branch", async () => {
    expect(await keepWaiting(api.env)).toMatch(
      /^Started pipeline 12, which will continue to wait for the training job: https:\/\/gitlab\.test/,
    );
    expect(api.triggered).toEqual([{ ref: "main" }]);
  });

  it("that GitLab refuses says what to do", async () => {
    const refused = keepWaiting({ ...api.env, CI_JOB_TOKEN: "other" });
    await expect(refused).rejects.toThrow(/GitLab returned 404.*Job token permissions/);
    await expect(refused).rejects.not.toThrow(/"other"/);
  });
});
