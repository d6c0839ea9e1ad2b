import { constants } from "node:buffer";
import { Sketch } from "./sketch";
import { findJsonFaults } from "../json/strict-json";
import { kernelFor } from "../tokenizer/kernel-for-table";
import type { Kernel, OnShingle } from "../kernel/kernel";
import { findDisclosures } from "../privacy/findings";
import { kindsOfSecrets } from "../privacy/kinds";
import { countImages } from "../rules/message";
import { checkRow } from "../rules/row";
import { keyName, type Report } from "../rules/row-rules";
import type { EncodingTable } from "../tokenizer/encoding-table";
import { Tokenizer } from "../tokenizer/tokenizer";
import { countRow } from "./count-row";
import { messagesOf } from "./messages-of";
import { PlainChat } from "./plain-chat";
import { tokenLimitFinding } from "./token-limit";
import type { ExamineSettings } from "./settings";
import { isInstruction, sketchRow } from "./sketch-row";

/** What is known of one row, besides what was reported. */
export interface RowResult {
  /** False when the row could not be counted. */
  counted: boolean;
  total: number;
  assistant: number;
  /** Tokens that the model sees at once. */
  longest: number;
  estimated: boolean;
  /** Whether it holds an image. */
  images: boolean;
  /** Hash of the system message, 0 for none. */
  system: number;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Checks, counts and sketches rows, one after the other, in one thread. */
export class RowExaminer {
  readonly sketch: Sketch;
  readonly result: RowResult = {
    ...{ counted: false, total: 0, assistant: 0, longest: 0 },
    ...{ estimated: false, images: false, system: 0 },
  };
  private readonly tokenizer: Tokenizer;
  private readonly plain: PlainChat;
  private readonly kernel: Kernel;

  /**
   * @param common - shingles that are left out of sketches: see duplicates/common-shingles.ts.
   * @param maxRowBytes - longest row that can be read as a whole.
   */
  constructor(
    table: EncodingTable,
    private readonly settings: ExamineSettings,
    private readonly common?: Uint32Array,
    private readonly maxRowBytes = constants.MAX_STRING_LENGTH,
  ) {
    this.kernel = kernelFor(table);
    this.tokenizer = new Tokenizer(table);
    this.sketch = new Sketch(this.kernel);
    this.plain = new PlainChat(this.kernel, this.tokenizer);
  }

  /**
   * Examines the row `bytes[start] .. bytes[end - 1]`, which is valid UTF-8 and not blank. The result is in `result` and `sketch`.
   *
   * @param onShingle - gets the hash of every shingle of the text.
   */
  examine(bytes: Uint8Array, start: number, end: number, report: Report, onShingle?: OnShingle): void {
    const { result } = this;
    this.kernel.leaveOut(this.common);
    result.counted = result.estimated = result.images = false;
    result.total = result.assistant = result.system = 0;
    if (!this.examinePlain(bytes, start, end, report, onShingle)) {
      this.sketch.start(onShingle);
      this.examineInFull(bytes, start, end, report);
    }
    if (!result.counted) return;
    const finding = tokenLimitFinding(result.longest, this.settings);
    if (finding) report(finding.code, finding.message);
  }

  /** The short way: says no when the row is for the long one. */
  private examinePlain(bytes: Uint8Array, start: number, end: number, report: Report, onShingle?: OnShingle): boolean {
    const { plain, result } = this;
    if (this.settings.method !== "supervised" || !plain.examine(bytes, start, end, onShingle)) return false;
    for (const { index, kinds, content } of plain.suspects())
      reportDisclosures(content, kinds, `messages[${index}].content`, report);
    result.counted = true;
    result.total = result.longest = plain.total;
    result.assistant = plain.assistant;
    result.system = plain.system;
    return true;
  }

  private examineInFull(bytes: Uint8Array, start: number, end: number, report: Report): void {
    const { result, settings } = this;
    const faults = findJsonFaults(bytes, start, end);
    if (faults.error) {
      if (looksLikeUtf16(bytes, start, end)) return report("not-utf8", NOT_UTF8);
      const { offset, reason } = faults.error;
      const column = utf16Length(bytes, start, start + offset) + 1;
      return report("bad-json", `Invalid JSON at column ${column}: ${reason}.`);
    }
    if (end - start > this.maxRowBytes) return report("bad-json", overlongLine(end - start));
    for (const key of faults.duplicateKeys) {
      report(
        "duplicate-key",
        `An object has the key ${keyName(key)} twice, and JSON parsers keep only one of them. Remove one.`,
      );
    }
    if (faults.loneSurrogate) {
      report(
        "lone-surrogate",
        "An escape such as \\ud83d lacks its other half and becomes U+FFFD. Write the whole character.",
      );
    }
    const row = JSON.parse(utf8.decode(bytes.subarray(start, end))) as unknown;
    checkRow(row, settings, report);
    this.searchTexts(row, report);
    const messages = messagesOf(row, settings.method);
    const count = countRow(row, settings, this.tokenizer);
    if (!messages || !count) return;
    sketchRow(row, settings.method, this.sketch);
    this.sketch.end();
    Object.assign(result, count, { counted: true, images: countImages(messages) > 0 });
    const [first] = messages;
    if (isInstruction(first?.role)) {
      const text = typeof first?.content === "string" ? first.content : (JSON.stringify(first?.content) ?? "");
      result.system = this.sketch.distinguishing(text);
    }
  }

  /** Looks through every text of the row, not only the messages: tools and a grader's keys go to the service too. */
  private searchTexts(row: unknown, report: Report): void {
    for (const [place, text] of textsOf(row)) {
      // Of an image in base64 some bytes look like anything.
      if (text.startsWith("data:")) continue;
      const kinds = kindsOfSecrets(this.kernel, text);
      if (kinds !== 0) reportDisclosures(text, kinds, place, report);
    }
  }
}

/** Length of the text as an editor counts it, without making it: it may be longer than any string. */
function utf16Length(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if ((byte & 0xc0) !== 0x80) length += byte >= 0xf0 ? 2 : 1;
  }
  return length;
}

/** What to say of a line that no JSON reader of this system takes. */
export function overlongLine(bytes: number): string {
  return `The line has ${bytes.toLocaleString("en-US")} bytes, more than JSON readers accept. Write one example per line.`;
}

/** What to say of a row in another encoding. */
export const NOT_UTF8 = "The line is not UTF-8 text. Save the file as UTF-8 (not UTF-16, Shift JIS or Latin-1).";

/** A row of ASCII text in UTF-16 is UTF-8 too, with NUL around every character; where lines part, half a character may be left. */
function looksLikeUtf16(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start === 1) return bytes[start] === 0;
  return (bytes[start] === 0) !== (bytes[start + 1] === 0);
}

function reportDisclosures(text: string, kinds: number, place: string, report: Report): void {
  for (const { code, name, masked } of findDisclosures(text, kinds)) {
    const way = code === "secret" ? "Revoke it and replace it with a placeholder." : "Replace it with a made-up one.";
    report(code, `${place} contains what looks like ${name} (${masked}). ${way}`, name);
  }
}

/** Every string of a row with its place. */
function* textsOf(value: unknown, place = ""): Generator<[place: string, text: string]> {
  if (typeof value === "string") {
    yield [place === "" ? "The line" : place, value];
  } else if (Array.isArray(value)) {
    for (const [index, item] of (value as unknown[]).entries()) yield* textsOf(item, `${place}[${index}]`);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value))
      yield* textsOf(item, `${place}${place === "" ? "" : "."}${/^[\w-]{1,40}$/.test(key) ? key : "?"}`);
  }
}
