import { expect, it } from "@jest/globals";
import { amountLine, sizeOf } from "../../../dynamic-providers/runtime/amount-line";

const doing = "uploading a.jsonl";

it.each([
  ["the start", { bytesDone: 0, bytes: 31_329, elapsedMs: 0 }, "0% · uploading a.jsonl (31 kB)"],
  [
    "the middle",
    { bytesDone: 12e6, bytes: 27e6, elapsedMs: 8_000 },
    "44% · 10 s left · uploading a.jsonl (12 of 27 MB)",
  ],
  ["the end", { bytesDone: 27e6, bytes: 27e6, elapsedMs: 8_000 }, "100% · uploading a.jsonl (27 of 27 MB)"],
  [
    "a resumed upload, whose pace is that of its own bytes",
    { bytesDone: 128e6, bytes: 192e6, elapsedMs: 10_000, before: 64e6 },
    "66% · 10 s left · uploading a.jsonl (128 of 192 MB)",
  ],
  [
    "nothing sent yet by this run",
    { bytesDone: 64e6, bytes: 192e6, elapsedMs: 10, before: 64e6 },
    "33% · uploading a.jsonl (64 of 192 MB)",
  ],
  ["an empty file", { bytesDone: 0, bytes: 0, elapsedMs: 0 }, "100% · uploading a.jsonl (0 bytes)"],
])("%s", (_what, amount, line) => expect(amountLine({ doing, ...amount })).toBe(line));

it.each([
  [999, "999 bytes"],
  [31_329, "31 kB"],
  [512e6, "512 MB"],
  [1.54e9, "1.5 GB"],
])("%d bytes are %s", (bytes, text) => expect(sizeOf(bytes)).toBe(text));
