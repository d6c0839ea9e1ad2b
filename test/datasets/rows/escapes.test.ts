import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Tiktoken } from "js-tiktoken/lite";
import o200kBase from "js-tiktoken/ranks/o200k_base";
import { RowExaminer } from "../../../datasets/rows/examine-row";
import { examineSettings } from "../../../datasets/rows/settings";
import { encodingTable } from "../../../datasets/tokenizer/encoding-table";

let examiner: RowExaminer;
const reference = new Tiktoken(o200kBase);
beforeAll(async () => {
  examiner = new RowExaminer(await encodingTable("o200k_base"), examineSettings("gpt-4.1", "supervised"));
});

/** All that the check says of a line. */
function outcome(line: string) {
  const found: string[] = [];
  const bytes = Buffer.from(line);
  examiner.examine(bytes, 0, bytes.length, (code, message) => found.push(`${code} ${message}`));
  const bands = new Uint32Array(8);
  examiner.sketch.writeBands(bands, 0);
  const { low, high } = examiner.sketch;
  return { result: { ...examiner.result }, hashes: [low, high], bands: [...bands], found };
}

const row = (question: string, answer: string) =>
  `{"messages": [{"role": "user", "content": "${question}"}, {"role": "assistant", "content": "${answer}"}]}`;

type Form = "plain" | "lower" | "upper" | "mixed" | "short";
const shortForms = new Map([...'\n\t\r\b\f"\\/'].map((char, i) => [char, `\\${'ntrbf"\\/'[i]!}`]));

/** A code unit as JSON may write it; what must be escaped is, whatever the form. */
function written(unit: string, form: Form): string {
  const code = unit.charCodeAt(0);
  const short = shortForms.get(unit);
  if (form === "short" && short !== undefined) return short;
  if ((form === "plain" || form === "short") && code >= 0x20 && unit !== '"' && unit !== "\\") return unit;
  const hex = code.toString(16).padStart(4, "0");
  const cases = { upper: hex.toUpperCase(), mixed: hex[0]!.toUpperCase() + hex.slice(1, 3) + hex[3]!.toUpperCase() };
  return `\\u${form === "upper" || form === "mixed" ? cases[form] : hex}`;
}

/** The whole text with the forms in turn; the halves of a surrogate pair, which UTF-8 can't hold alone, are both plain or both escaped. */
function writtenIn(text: string, forms: Form[]): string {
  let at = 0;
  const next = () => forms[at++ % forms.length]!;
  return [...text]
    .map((char) => {
      if (char.length === 1) return written(char, next());
      const form = next();
      return form === "plain" || form === "short"
        ? char
        : written(char[0]!, form) + written(char[1]!, next() === "upper" ? "upper" : "lower");
    })
    .join("");
}

const form = fc.constantFrom<Form>("plain", "lower", "upper", "mixed", "short");
const forms = fc.oneof(
  fc.array(form, { minLength: 1, maxLength: 12 }),
  fc.constantFrom<Form[]>(["lower"], ["upper"], ["plain"]),
);
/** Long runs of one script and others, and what the sieve looks for. */
const runs = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."的一是不了人我在有他这为之大来以个中上们"), minLength: 1, maxLength: 120 }),
  fc.string({ unit: fc.constantFrom(..."привет как дела сегодня"), minLength: 1, maxLength: 120 }),
  fc.string({ unit: fc.constantFrom(..."안녕하세요감사합니다다음"), minLength: 1, maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(..."のはをにがたでですまカタナ"), minLength: 1, maxLength: 80 }),
  fc.string({ unit: fc.constantFrom("😀", "🎉", "👍", "🚀", "é", "ß"), minLength: 1, maxLength: 50 }),
  fc.string({
    unit: fc.constantFrom(...'aZ 09.,\n\t"\\/é中ж😀한\u{10ffff}\u0800\u07ff\u0080\u007f\uffff\ue000'),
    maxLength: 60,
  }),
  fc.constantFrom("sk-abcdefghijklmnopqrstuvwx", "write to joe@corp.io", "\u3000", "\ufeff", "AKIAABCDEFGHIJKLMNOP"),
);
const text = fc.array(runs, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(" "));
const anyText = fc.oneof(text, fc.string({ unit: "binary", maxLength: 60 }));

describe("escaped text", () => {
  it("gives the same tokens, findings and statistics in every form", () => {
    fc.assert(
      fc.property(anyText, anyText, forms, (question, answer, chosen) => {
        const plain = outcome(row(writtenIn(question, ["plain"]), writtenIn(answer, ["plain"])));
        const escaped = outcome(row(writtenIn(question, chosen), writtenIn(answer, chosen)));
        expect(escaped).toEqual(plain);
      }),
      { numRuns: 400 },
    );
  });

  it("has as many tokens as js-tiktoken counts", () => {
    const count = (content: string) => reference.encode(content, [], []).length;
    // js-tiktoken has the white space of JavaScript, to which U+FEFF belongs.
    const countable = text.filter((content) => !content.includes("\ufeff") && content.trim() !== "");
    fc.assert(
      fc.property(countable, countable, forms, (question, answer, chosen) => {
        const { result } = outcome(row(writtenIn(question, chosen), writtenIn(answer, chosen)));
        const expected = 3 + 2 * 3 + count("user") + count("assistant") + count(question) + count(answer);
        expect([result.total, result.assistant]).toEqual([expected, count(answer)]);
      }),
      { numRuns: 200 },
    );
  });

  it("reports lone surrogates whatever the case of their digits, and counts them as U+FFFD", () => {
    const lone = fc.constantFrom("\ud800", "\udbff", "\udc00", "\udfff", "\ude00");
    fc.assert(
      fc.property(text, lone, text, (before, half, behind) => {
        const [start, end] = [writtenIn(`${before}.`, ["lower"]), writtenIn(`.${behind}`, ["upper"])];
        const found = (["lower", "upper", "mixed"] as const).map((form) =>
          outcome(row("Why?", start + written(half, form) + end)),
        );
        expect(found[1]).toEqual(found[0]);
        expect(found[2]).toEqual(found[0]);
        expect(found[0]!.found.some((finding) => finding.startsWith("lone-surrogate"))).toBe(true);
        const replaced = outcome(row("Why?", `${start}\ufffd${end}`));
        expect(found[0]!.result).toEqual(replaced.result);
      }),
      { numRuns: 100 },
    );
  });

  it("is no JSON with a broken escape anywhere in it", () => {
    const broken = fc.constantFrom(
      "\\x41",
      "\\u12g4",
      "\\u123",
      "\\u",
      "\\U0041",
      "\\u 041",
      "\\u+041",
      "\\ud83d\\u12",
    );
    fc.assert(
      fc.property(text, broken, text, forms, (before, escape, behind, chosen) => {
        // A space behind it: digits that follow would make it whole.
        const answer = `${writtenIn(before, chosen)}${escape} ${writtenIn(behind, chosen)}`;
        const { result, found } = outcome(row("Why?", answer));
        expect(result.counted).toBe(false);
        expect(found.some((finding) => finding.startsWith("bad-json"))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
