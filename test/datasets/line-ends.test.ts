import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { lineEndHashes } from "../../datasets/line-ends";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const BOM = "\uFEFF";
const blocksOf = (text: string, blockBytes = 1 << 20) => Readable.from(blocks(Buffer.from(text), blockBytes));

function* blocks(bytes: Buffer, length: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

it("a file is known by its own hash, and by those of its rows with every line end and start", async () => {
  const line = fc.string({ unit: fc.constantFrom("a", "é", "\r", BOM, " ") }).map((text) => text.replace(/\r$/, "x"));
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 5 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      async (lines, end, bom) => {
        const text = lines.join("\n");
        // What begins with a second mark can't be told from one with a mark.
        fc.pre(!text.startsWith(BOM));
        const { own, variants } = await lineEndHashes(blocksOf((bom ? BOM : "") + lines.join(end)));
        const crlf = lines.join("\r\n");
        expect(own).toBe(hash((bom ? BOM : "") + lines.join(end)));
        expect(variants).toEqual([text, BOM + text, crlf, BOM + crlf].map(hash));
      },
    ),
    { numRuns: 60, examples: [[["", ""], "\r\n", false]] },
  );
});

it("a CRLF on the border of two blocks is one", async () => {
  const rows = `${"x".repeat((1 << 20) - 1)}\r\ny\r\n`;
  const { variants } = await lineEndHashes(blocksOf(rows));
  expect(variants).toContain(hash(rows.replaceAll("\r\n", "\n")));
  expect(variants).toContain(hash(rows));
});
