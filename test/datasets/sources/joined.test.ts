import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { joined, type Part } from "../../../datasets/sources";

const BOM = "\uFEFF";

/** A part whose bytes come in blocks of a size. */
function part(path: string, text: string, blockBytes: number): Part {
  const bytes = Buffer.from(text);
  return {
    path,
    bytes: bytes.length,
    async *read() {
      for (let at = 0; at < bytes.length; at += blockBytes)
        yield await Promise.resolve(bytes.subarray(at, at + blockBytes));
    },
  };
}

async function join(parts: Part[]) {
  const starts: { path: string; lines: number }[] = [];
  const blocks: Uint8Array[] = [];
  for await (const block of joined(parts, (start) => starts.push(start))) blocks.push(block);
  return { text: Buffer.concat(blocks).toString("utf8"), starts };
}

it("rows of several files are the rows of one, each known by its file and line", async () => {
  const row = fc.stringMatching(/^[a-zé]{1,4}$/);
  const file = fc.record({ rows: fc.array(row, { maxLength: 4 }), ends: fc.boolean(), bom: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { minLength: 2, maxLength: 4 }),
      fc.integer({ min: 1, max: 5 }),
      async (files, size) => {
        const texts = files.map(
          ({ rows, ends, bom }) => (bom ? BOM : "") + rows.join("\n") + (ends && rows.length > 0 ? "\n" : ""),
        );
        const { text, starts } = await join(texts.map((one, index) => part(`${index}`, one, size)));
        const lines = text.replace(/^\uFEFF/, "").split("\n");
        for (const [index, { rows }] of files.entries())
          expect(lines.slice(starts[index]!.lines, starts[index]!.lines + rows.length)).toEqual(rows);
        expect(lines.filter((line) => line !== "" && line !== BOM)).toEqual(files.flatMap(({ rows }) => rows));
      },
    ),
  );
});

it("one file alone is given byte by byte", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom("a", "\n", "\r", BOM) }), async (text) => {
      expect((await join([part("a", text, 2)])).text).toBe(text);
    }),
  );
});
