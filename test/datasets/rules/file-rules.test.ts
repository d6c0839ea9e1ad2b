import { truncateSync } from "node:fs";
import { describe, expect, it, jest } from "@jest/globals";
import type { DatasetResult } from "../../../datasets";
import { shippedCatalog } from "../../../catalog";
import { chat, codes, datasetFile, examine, validRows } from "../examine";

const rows = validRows(12);
const file = (...lines: string[]) => lines.join("\n") + "\n";
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

describe("what only the file shows", () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ["good", file(...rows), []],
    ["no line break at the end", rows.join("\n"), []],
    ["empty", "", ["0 file-empty"]],
    ["nothing but blank lines", "\n \n\n", ["0 file-empty", "1 blank-line", "2 blank-line", "3 blank-line"]],
    ["nine examples", file(...rows.slice(0, 9)), ["0 too-few-examples"]],
    ["byte order mark", `\ufeff${file(...rows)}`, ["1 byte-order-mark"]],
    ["byte order mark in the middle", file(rows[0]!, `\ufeff${rows[1]}`, ...rows.slice(2)), ["2 bad-json"]],
    ["CR LF", rows.map((row) => `${row}\r\n`).join(""), ["1 carriage-return"]],
    ["not UTF-8", bytes(file(...rows.slice(0, 3)), [0x22, 0xe9, 0x22, 0x0a], file(...rows.slice(3))), ["4 not-utf8"]],
    ["encoded surrogates", bytes(file(...rows), [0x22, 0xed, 0xa0, 0x80, 0x22]), ["13 not-utf8"]],
    ["UTF-16 without a mark", Buffer.from(rows.join("\n"), "utf16le"), rows.map((_, index) => `${index + 1} not-utf8`)],
    [
      "UTF-16, big end first",
      Buffer.from(rows.join("\n"), "utf16le").swap16(),
      rows.map((_, index) => `${index + 1} not-utf8`),
    ],
    ["UTF-16", Buffer.from(`\ufeff${rows[0]}`, "utf16le"), ["0 too-few-examples", "1 not-utf8"]],
    ["a row over two lines", file(...rows, '{"messages": [', "]}"), ["13 bad-json", "14 bad-json"]],
    ["one JSON array", `[${rows.join(",\n")}]`, ["0 foreign-shape"]],
    ["CR line ends of old Macs", rows.join("\r"), ["0 foreign-shape"]],
  ])("%s", async (_, content, expected) => expect(codes(await examine(content))).toEqual(expected));

  const limited = (over: object) => ({ ...shippedCatalog, limits: { ...shippedCatalog.limits, ...over } });

  it("warns of a file over the limit of one, which goes in parts, and counts it", async () => {
    const { report } = await examine(file(...rows), { catalog: limited({ maxFileBytes: 1000 }) });
    expect(report.errors).toEqual([]);
    expect(report.warnings).toEqual([expect.objectContaining({ code: "large-file", line: 0 })]);
    expect(report.warnings[0]!.message).toContain("8 GB");
    expect(report.examples).toBe(12);
  });

  it("refuses a file beyond the limit of uploads by its size, unread", async () => {
    const path = datasetFile(file(...rows));
    truncateSync(path, shippedCatalog.limits.maxUploadBytes + 1);
    const onProgress = jest.fn();
    const { report } = await examine("", { path, onProgress, cache: true });
    expect(report.errors).toEqual([expect.objectContaining({ code: "file-too-large", line: 0 })]);
    expect(report).toMatchObject({ bytes: 8_000_000_001, examples: 0, sha256: "" });
    const beside = await examine(file(...rows), { role: "validation", compareWith: path });
    expect([beside.report.examples, beside.overlap]).toEqual([12, undefined]);
    expect(onProgress).not.toHaveBeenCalled();
  });

  it("reads a file beyond the limit where that is no error by the settings", async () => {
    const options = {
      catalog: limited({ maxFileBytes: 500, maxUploadBytes: 1000 }),
      rules: { "file-too-large": "off" },
    } as const;
    const { report } = await examine(file(...rows), options);
    expect([report.errorCount, report.examples]).toEqual([0, 12]);
  });

  it("never holds a line that no reader takes", async () => {
    const path = datasetFile(file(...rows));
    truncateSync(path, 600_000_000);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const onProgress = () => (most = Math.max(most, process.memoryUsage().arrayBuffers - before));
    const { report } = await examine("", { path, onProgress });
    expect(codes({ report } as DatasetResult)).toEqual(["13 bad-json", "0 large-file"]);
    expect(report.errors[0]!.message).toMatch(/^The line has 599,\d{3},\d{3} bytes/);
    expect(most).toBeLessThan(64 << 20);
  });

  it("counts examples with images", async () => {
    const catalog = { ...shippedCatalog, limits: { ...shippedCatalog.limits, maxImageExamples: 1 } };
    const withImage = (name: string) => {
      const image = { type: "image_url", image_url: { url: `https://example.com/${name}.png` } };
      return JSON.stringify({
        messages: [
          { role: "user", content: [image] },
          { role: "assistant", content: `It shows ${name}.` },
        ],
      });
    };
    const result = await examine(file(...rows, withImage("a lighthouse"), withImage("two zebras")), { catalog });
    expect(codes(result)).toEqual(["0 too-many-images", "13 tokens-estimated"]);
  });

  it("names the lines where system messages part", async () => {
    const systems = rows.map((row, index) =>
      row.replace("[", `[{"role":"system","content":"${index === 4 ? "Be rude" : "Be kind"}"},`),
    );
    const { report } = await examine(file(...systems));
    expect(report.warnings.map(({ code, line }) => `${line} ${code}`)).toEqual(["5 differing-system-prompts"]);
    expect(report.warnings[0]!.message).toContain(
      "11 examples use the most common (first on line 1), another starts on line 5",
    );
  });

  it("tells examples over the model's limit, and those that may be cut", async () => {
    const words = (count: number) => chat(["user", "Go on."], ["assistant", " word".repeat(count).trim()]);
    const long = file(...rows, words(64_600), words(65_600));
    expect(codes(await examine(long, { model: "gpt-4o-mini" }))).toEqual([
      "14 over-token-limit",
      "13 near-token-limit",
      "14 near-duplicate",
    ]);
    expect(codes(await examine(long, { model: "gpt-4.1" }))).toContain("14 over-token-limit");
    expect(codes(await examine(long, { model: "gpt-4.1" }))).not.toContain("13 near-token-limit");
  });

  it("reports all errors up to a cap and the number of the rest", async () => {
    const { report } = await examine(file(...Array.from({ length: 1500 }, () => "{")));
    expect([report.errors.length, report.errorCount]).toEqual([1000, 1500]);
  });

  it.each([
    ["missing.jsonl", "There is no file 'missing.jsonl'"],
    ["/", "The folder '/' has no JSONL file"],
  ])("%s can't be read", async (path, message) => {
    const { report } = await examine("", { path });
    expect(report.errors).toEqual([{ code: "file-missing", line: 0, message: expect.stringContaining(message) }]);
  });
});
