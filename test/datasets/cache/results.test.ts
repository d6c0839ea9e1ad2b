import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { cacheDirectory } from "../../../datasets/cache/directory";
import { chat, datasetFile, examine, validRows } from "../examine";
import { temporaryFolder } from "../../support/temporary-folder";

/** Called while a file is read, and not when its result is known. */
const scans = jest.fn();
let directory: string;
beforeEach(() => {
  process.env.XDG_CACHE_HOME = temporaryFolder("dataset-cache");
  directory = path.join(cacheDirectory(), "datasets");
  scans.mockClear();
});
const before = process.env.XDG_CACHE_HOME;
afterAll(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
});

const secret = "the otter sleeps at noon";
const content = [...validRows(10), chat(["user", secret], ["assistant", "Yes."]), ""].join("\n");
const check = (options = {}) => examine(content, { cache: true, onProgress: scans, ...options });

describe("results of earlier runs", () => {
  it("are used for the same content, wherever it lies", async () => {
    const first = await check();
    const second = await check();
    expect(scans).toHaveBeenCalledTimes(1);
    expect({ ...second.report, path: "" }).toEqual({ ...first.report, path: "" });
    expect(second.report.path).not.toBe(first.report.path);
  });

  it.each([
    ["model", { model: "gpt-4o" }],
    ["role", { role: "validation" }],
    ["rules", { rules: { "blank-line": "off" } }],
    ["training file", { compareWith: datasetFile("x") }],
  ])("are not used under another %s", async (_, options) => {
    await check();
    scans.mockClear();
    await check(options);
    expect(scans).toHaveBeenCalled();
  });

  it("hold no text of the dataset", async () => {
    await check();
    const [entry] = readdirSync(directory);
    const kept = readFileSync(path.join(directory, entry!), "utf8");
    expect(kept).toContain('"examples":11');
    expect(kept).not.toContain("otter");
  });

  it.each([
    ["cut off", (text: string) => text.slice(0, 100)],
    ["changed", (text: string) => text.replace('"examples":11', '"examples":12')],
    ["empty", () => ""],
  ])("are found out when %s", async (_, damage) => {
    const first = await check();
    const entry = path.join(directory, readdirSync(directory)[0]!);
    writeFileSync(entry, damage(readFileSync(entry, "utf8")));
    expect((await check()).report.examples).toBe(first.report.examples);
    expect(scans).toHaveBeenCalledTimes(2);
  });

  it("stand concurrent runs", async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => check()));
    expect(new Set(results.map(({ report }) => report.tokens.total.sum)).size).toBe(1);
    expect(readdirSync(directory).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("are done without where the cache can't be written", async () => {
    process.env.XDG_CACHE_HOME = "/dev/null/nowhere";
    expect((await check()).report.examples).toBe(11);
  });
});
