import { closeSync, openSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { LineReader } from "../../../datasets/scan/read-lines";
import { chat, datasetFile, examine, validRows } from "../examine";

describe("LineReader", () => {
  it("gives every line once, whatever the size of the chunks", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "é", "\r"), maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 20 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        (lines, closed, chunkBytes) => {
          const content = lines.join("\n") + (closed ? "\n" : "");
          const fd = openSync(datasetFile(content), "r");
          const reader = new LineReader(fd, chunkBytes);
          let read = "";
          for (let index = 0; index < reader.chunks; index++) {
            const bytes = reader.read(index);
            // Where nothing starts, there is no place to be right about.
            expect(bytes.length > 0 ? reader.start : Buffer.byteLength(read)).toBe(Buffer.byteLength(read));
            read += bytes.toString("utf8");
          }
          closeSync(fd);
          expect(read).toBe(content);
        },
      ),
    );
  });

  it("passes over lines that are too long, and says how long they are", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        (lines, closed, chunkBytes) => {
          const content = lines.join("\n") + (closed ? "\n" : "");
          const fd = openSync(datasetFile(content), "r");
          const reader = new LineReader(fd, chunkBytes, 30);
          const read: (string | number)[] = [];
          for (let index = 0; index < reader.chunks; index++) {
            read.push(
              ...reader
                .read(index)
                .toString("utf8")
                .split(/(?<=\n)/)
                .filter((text) => text !== ""),
            );
            if (reader.overlong > 0) read.push(reader.overlong);
          }
          closeSync(fd);
          const expected = content.split(/(?<=\n)/).filter((text) => text !== "");
          // A line that ends within its chunk was there before anybody could know: it is given as it is.
          const inFull = (text: string, at: number) =>
            typeof read[at] === "string" ? text : text.replace("\n", "").length;
          expect(read).toEqual(expected.map(inFull));
          const lengths = read.filter((value) => typeof value === "number");
          expect(lengths.filter((length) => length <= 30)).toEqual([]);
          const held = read.filter((value) => typeof value === "string").map((value) => value.length);
          expect(Math.max(0, ...held)).toBeLessThanOrEqual(31 + chunkBytes);
        },
      ),
    );
  });
});

describe("a large file", () => {
  // More different system messages than are told apart, and no two chunks with the same.
  const manySystems = (index: number) =>
    Array.from({ length: 20 }, (_, i) =>
      chat(
        ["system", `You are number ${index * 20 + i}.`],
        ["user", `Who are you, ${index}, ${i}?`],
        ["assistant", "I am."],
      ),
    );
  // Valid rows, faults, repetitions and long rows, over several chunks of the workers.
  const long = (index: number) =>
    chat(["user", `Recite poem ${index}.`], ["assistant", `line ${index} of verse, `.repeat(3000)]);
  const rows = Array.from({ length: 70 }, (_, index) => {
    const block = validRows(60).map((row) => row.replace("What is", `What, in case ${index}, is`));
    return [
      ...block,
      ...manySystems(index),
      long(index),
      index % 7 === 0 ? "" : '{"messages": []}',
      block[3]!,
      index % 11 === 0 ? "{" : block[5]!.replace("What", "what"),
    ];
  }).flat();
  const content = `\ufeff${rows.join("\n")}`;

  it("has the same report from one thread and from three", async () => {
    expect(Buffer.byteLength(content)).toBeGreaterThan(4 << 20);
    const here = await examine(content, { threads: 0 });
    const there = await examine(content, { threads: 3 });
    expect({ ...there, report: { ...there.report, path: "" } }).toEqual({
      ...here,
      report: { ...here.report, path: "" },
    });
    expect(here.report.errorCount).toBe(70 - 10 + 7);
    expect(here.report.warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["blank-line", "exact-duplicate", "near-duplicate"]),
    );
  });

  it("shows how far it is", async () => {
    const done: number[] = [];
    await examine(content, { onProgress: ({ bytesDone }) => done.push(bytesDone) });
    expect(done.length).toBeGreaterThan(3);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });

  it("lets other work go on between slices", async () => {
    let longest = 0;
    let last = process.cpuUsage().user;
    const timer = setInterval(() => {
      const now = process.cpuUsage().user;
      longest = Math.max(longest, now - last);
      last = now;
    }, 1);
    const start = process.cpuUsage().user;
    await examine(content);
    clearInterval(timer);
    // Time of the processor, not of the clock: other programs may keep it from us.
    expect(longest).toBeLessThan((process.cpuUsage().user - start) / 3);
  });
});
