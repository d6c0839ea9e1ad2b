import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { listAll, type PageQuery } from "../../azure-openai/list-all";
import { fileShape, jobShape } from "../../azure-openai/shapes";
import { expectShape, UnexpectedAnswer } from "../../azure-openai/unexpected-answer";

const job = { id: "ftjob-1", model: "gpt", status: "running", created_at: 5 };

describe("expectShape", () => {
  it.each<[unknown, string]>([
    ["<html>sign in</html>", "an HTML page"],
    ["hello", "text that is not JSON"],
    ["", "an empty response"],
    [null, "an empty response"],
    [undefined, "an empty response"],
    [[], "unrecognized JSON"],
    [{}, "an unrecognized JSON object (id is missing or has the wrong type)"],
    [{ error: { code: "InternalServerError", message: "busy" } }, "an error with status 200"],
    [{ ...job, id: "" }, "an unrecognized JSON object (id is missing or has the wrong type)"],
    [{ ...job, status: 7 }, "an unrecognized JSON object (status is missing or has the wrong type)"],
    [{ ...job, created_at: "yesterday" }, "an unrecognized JSON object (created_at is missing or has the wrong type)"],
  ])("tells what came instead of a job: %j", (answer, got) => {
    expect(() => expectShape(jobShape, answer, "a fine-tuning job")).toThrow(
      new UnexpectedAnswer("a fine-tuning job", got),
    );
  });

  it("takes a job as Azure gives it, and leaves out what only informs when it is of another kind", () => {
    const more = { error: { code: null, message: null }, method: null, result_files: null, suffix: null };
    expect(expectShape(jobShape, { ...job, ...more, object: "fine_tuning.job" }, "a job")).toMatchObject({
      id: job.id,
    });
    expect(expectShape(jobShape, { ...job, trained_tokens: "many", seed: {} }, "a job").trained_tokens).toBeUndefined();
  });
});

describe("listAll", () => {
  const item = (id: string) => ({ ...job, id });
  const list = (pages: (query: PageQuery) => unknown, limit = 2) =>
    listAll((query) => Promise.resolve(pages(query)), jobShape, "a list of jobs", limit);

  it("follows the pages by the last id, and gives each object once", async () => {
    const asked: (string | undefined)[] = [];
    const found = await list(({ after }) => {
      asked.push(after);
      return after === undefined
        ? { data: [item("a"), item("b")], has_more: true }
        : { data: [item("b"), item("c")], has_more: false };
    });
    expect(found.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(asked).toEqual([undefined, "b"]);
  });

  it("ends with an empty page, or one that says it is the last", async () => {
    let requests = 0;
    const again = () => ({ data: [item("a")], has_more: ++requests < 2 });
    expect((await list(again)).map(({ id }) => id)).toEqual(["a"]);
    expect(requests).toBe(2);
    expect(await list(() => ({ data: [], has_more: true }))).toEqual([]);
  });

  it.each([
    ["a full page", [item("a"), item("b")]],
    ["a page of the service's own length, as without the limit", [item("a")]],
  ])("does not take %s that comes again for the whole list", async (_, data) => {
    await expect(list(() => ({ data, has_more: true }))).rejects.toThrow("the same page again");
  });

  it("takes what comes again for the whole where the service knows no pages", async () => {
    expect(await list(() => ({ data: [item("a")], has_more: true }), Infinity)).toHaveLength(1);
  });

  it("does not follow new pages for ever", async () => {
    let count = 0;
    await expect(list(() => ({ data: [item(String(count++))], has_more: true }))).rejects.toThrow(
      "more than 1000 pages",
    );
  });

  it.each([{ data: null }, { data: {} }, { data: [null] }, { data: [{}] }, { object: "list" }, [], "<html>", null])(
    "takes %j for no list",
    async (page) => {
      await expect(list(() => page)).rejects.toThrow(UnexpectedAnswer);
    },
  );

  it("never takes anything for an empty list that has none", async () => {
    const noList = fc.jsonValue().filter((value) => !Array.isArray((value as { data?: unknown } | null)?.data));
    await fc.assert(
      fc.asyncProperty(noList, async (page) => {
        await expect(listAll(() => Promise.resolve(page), fileShape, "files", 10)).rejects.toThrow(UnexpectedAnswer);
      }),
    );
  });
});
