import { describe, expect, it, jest } from "@jest/globals";
import { providerProcess } from "../../../dynamic-providers/runtime/context";
import { handler } from "../../../dynamic-providers/dataset/handler";
import type { DatasetInputs } from "../../../dynamic-providers/dataset/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { chat, datasetFile, validRows } from "../../datasets/examine";

const check = async (over: object) => {
  const news = {
    path: "test/fixtures/data/training_set.jsonl",
    role: "training",
    model: "gpt-4o-mini",
    method: "supervised",
    __provider: "text",
    ...over,
  };
  return handler.check({} as DatasetInputs, news as unknown as DatasetInputs);
};
const bad = (...lines: string[]) => datasetFile([...validRows(12), ...lines].join("\n"));

describe("Dataset.check", () => {
  it("adds what it found to the inputs", async () => {
    const { inputs, failures } = await check({});
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ __provider: "text", examples: 68, bytes: 31329, warnings: [] });
    expect(inputs.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(inputs.tokens.total.sum).toBe(6071);
  });

  it("rounds means and percentiles, and takes the unrounded ones of an earlier version for the same", async () => {
    const inputs = (await check({})).inputs;
    expect(inputs.tokens.assistant).toMatchObject({ sum: 3575, mean: 52.57, p90: 76.3, p95: 79.95 });
    const unrounded = { ...inputs.tokens.assistant, mean: 52.5735294117647, p90: 76.30000000000001 };
    const earlier = { ...inputs, tokens: { ...inputs.tokens, assistant: unrounded } };
    expect(await handler.diff("", earlier, inputs)).toEqual({ changes: false });
    const changed = { ...inputs.tokens, assistant: { ...inputs.tokens.assistant, sum: 3576 } };
    expect(await handler.diff("", earlier, { ...inputs, tokens: changed })).toEqual({ changes: true });
    const ruled = { ...earlier, rules: { "near-duplicate": "off" as const } };
    expect(await handler.diff("", ruled, inputs)).toEqual({ changes: true });
  });

  it("sees no change in warnings that are only worded differently", async () => {
    const inputs = (await check({})).inputs;
    const reworded = { ...inputs, warnings: ["line 3: The example repeats line 1. (exact-duplicate)"] };
    expect(await handler.diff("", reworded, inputs)).toEqual({ changes: false });
    const changed = { ...inputs, rules: { "exact-duplicate": "off" as const } };
    expect(await handler.diff("", reworded, changed)).toEqual({ changes: true });
  });

  it("takes the sample validation file, which has nothing in common with the training file", async () => {
    const { inputs, failures } = await check({
      path: "test/fixtures/data/validation_set.jsonl",
      role: "validation",
      compareWith: "test/fixtures/data/training_set.jsonl",
    });
    expect([failures, inputs.warnings]).toEqual([[], []]);
  });

  it.each([["path"], ["model"], ["compareWith"]])("waits for an unknown %s", async (name) => {
    expect(await check({ [name]: UNKNOWN })).toEqual({
      inputs: expect.not.objectContaining({ sha256: expect.anything() as unknown }) as object,
      failures: [],
    });
  });

  it.each<[string, () => string, string[]]>([
    ["missing", () => "data/nowhere.jsonl", ["There is no file 'data/nowhere.jsonl'"]],
    ["empty", () => datasetFile(""), ["contains no examples"]],
    ["not UTF-8", () => datasetFile(Buffer.from("22e922", "hex")), ["line 1: The line is not UTF-8"]],
    ["bad JSON", () => bad("{"), ["line 13: Invalid JSON at column 2"]],
    ["no assistant", () => bad(chat(["user", "SECRET QUESTION"])), ["line 13: The example has no assistant message"]],
    ["several", () => bad("{", "[]"), ["has 2 errors", "line 13:", "line 14:"]],
    [
      "very many",
      () => bad(...Array.from({ length: 40 }, () => "{")),
      ["has 40 errors", "and 20 more", "npm run -s validate"],
    ],
  ])("fails on a file that is %s, with place and reason and without its text", async (_, path, texts) => {
    const { failures } = await check({ path: path() });
    expect(failures).toHaveLength(1);
    expect(failures[0]!.property).toBe("path");
    for (const text of texts) expect(failures[0]!.reason).toContain(text);
    expect(failures[0]!.reason).not.toContain("SECRET");
    expect(failures[0]!.reason.length).toBeLessThan(5000);
  });

  it.each([
    ["model", { model: "gpt-9" }, "no model 'gpt-9'"],
    ["rules", { rules: { "near-dup": "off" } }, "Did you mean 'near-duplicate'?"],
  ])("hangs a wrong %s on that property", async (property, over, reason) => {
    expect((await check(over)).failures).toEqual([{ property, reason: expect.stringContaining(reason) }]);
  });

  it("keeps one sentence for each kind of warning in the state, and prints them once", async () => {
    const log = jest.spyOn(providerProcess, "print").mockImplementation(() => undefined);
    const path = datasetFile([...validRows(12), ...Array.from({ length: 30 }, () => "")].join("\n") + "\n");
    await check({ path });
    const { inputs } = await check({ path });
    const { warnings } = inputs;
    expect([warnings, log.mock.calls.length]).toEqual([
      ["30 times, on lines 13, 14, 15, 16, 17, ...; line 13: The line is blank. Remove it. (blank-line)"],
      1,
    ]);
    log.mockRestore();
  });

  describe("a secret in a file full of other findings", () => {
    const leaking = chat(["user", "The key is AKIAIOSFODNN7EXAMPLF."], ["assistant", "Revoke it."]);
    const secret = "what looks like an AWS access key id (AKI..., 20 characters)";

    it("is the first warning", async () => {
      const log = jest.spyOn(providerProcess, "print").mockImplementation(() => undefined);
      const { inputs } = await check({ path: bad(...Array.from({ length: 100 }, () => ""), leaking) });
      const { warnings } = inputs;
      expect(warnings[0]).toContain(`line 113: messages[0].content contains ${secret}`);
      expect(log.mock.calls[0]![0]).toContain(secret);
      log.mockRestore();
    });

    it("stands before the errors of a file that fails", async () => {
      const { failures } = await check({ path: bad(...Array.from({ length: 100 }, () => "{"), leaking) });
      const lines = failures[0]!.reason.split("\n");
      expect(lines[0]).toContain(
        "has 100 errors, and warnings about secrets or personal data, which are listed first:",
      );
      expect(lines[1]).toContain(secret);
      expect(lines[2]).toContain("line 13: Invalid JSON");
    });

    it("shows every kind of error, however many there are of another", async () => {
      const { failures } = await check({ path: bad(...Array.from({ length: 100 }, () => "{"), "[]") });
      expect(failures[0]!.reason).toContain("line 113: The line is an array");
      expect(failures[0]!.reason).toContain("... and 90 more");
    });
  });
});
