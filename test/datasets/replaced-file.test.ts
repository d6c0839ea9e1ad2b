import { appendFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "@jest/globals";
import { cacheDirectory } from "../../datasets/cache/directory";
import { temporaryFolder } from "../support/temporary-folder";
import { chat, codes, datasetFile, examine, validRows } from "./examine";

const before = process.env.XDG_CACHE_HOME;
beforeEach(() => void (process.env.XDG_CACHE_HOME = temporaryFolder("dataset-cache")));
afterAll(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
});

/** Over several chunks, so that the file changes between two of them. */
const verses = Array.from({ length: 10 }, (_, i) =>
  chat(["user", `Go on, ${i}.`], ["assistant", `v${i}erse `.repeat(20_000)]),
);
const good = `${[...validRows(10), ...verses].join("\n")}\n`;
const bad = good.replace(/^.*\n/, "{broken\n");
const rules = { "over-token-limit": "off", "near-token-limit": "off" } as const;

const interruptions: [name: string, interrupt: (path: string) => void, says: string][] = [
  [
    "replaced by another",
    (path) => {
      writeFileSync(`${path}.new`, bad);
      renameSync(`${path}.new`, path);
    },
    "was replaced while it was being checked",
  ],
  ["written to", (path) => appendFileSync(path, "{broken\n"), "changed while it was being checked"],
  ["deleted", (path) => rmSync(path), "was deleted while it was being checked"],
];

const kept = () => readdirSync(path.join(cacheDirectory(), "datasets"));

describe.each([0, 2])("with %d worker threads, a file that is", (threads) => {
  it.each(interruptions)("%s meanwhile is refused, and nothing is kept of it", async (_, interrupt, says) => {
    const path = datasetFile(good);
    let done = false;
    const onProgress = () => {
      if (!done) interrupt(path);
      done = true;
    };
    await expect(examine("", { path, threads, rules, cache: true, onProgress })).rejects.toThrow(says);
    expect(kept).toThrow("ENOENT");
    // Whatever lies there afterwards gets findings of its own, and so does the content of before.
    writeFileSync(path, bad);
    expect(codes(await examine("", { path, threads, rules, cache: true }))).toContain("1 bad-json");
    expect(codes(await examine(good, { threads, rules, cache: true }))).toEqual([]);
    expect(kept()).toHaveLength(2);
  });

  it.each(interruptions)("compared with and %s meanwhile counts as changed too", async (_, interrupt, says) => {
    const compareWith = datasetFile(good);
    let chunks = 0;
    const onProgress = () => {
      if (++chunks === 1) interrupt(compareWith);
    };
    const options = { threads, rules, cache: true, role: "validation", compareWith, onProgress } as const;
    await expect(examine(good.replaceAll("What", "Tell me what"), options)).rejects.toThrow(says);
    expect(kept).toThrow("ENOENT");
  });
});
