import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { printable, printableLine, PrintableStream, printableValues } from "../../azure-openai/printable-text";

describe("what would steer a terminal, a reader or CI becomes an escape that can be seen", () => {
  const table: [string, string, string][] = [
    ["a colour", "\u001b[31mred", "\\u001b[31mred"],
    ["a window's title", "\u001b]0;title\u0007", "\\u001b]0;title\\u0007"],
    ["the clipboard", "\u001b]52;c;cm0gLXJm\u001b\\", "\\u001b]52;c;cm0gLXJm\\u001b\\"],
    ["a device control string", "\u001bP+q\u001b\\", "\\u001bP+q\\u001b\\"],
    ["a C1 introducer", "\u009b2J\u009d0;x\u009c", "\\u009b2J\\u009d0;x\\u009c"],
    ["a rewritten line", "safe\rfake\b\b", "safe\\u000dfake\\u0008\\u0008"],
    ["a reversed name", "invoice\u202egnp.exe", "invoice\\u202egnp.exe"],
    ["an isolate and marks", "\u2066a\u2069\u200e\u200f\u061c", "\\u2066a\\u2069\\u200e\\u200f\\u061c"],
    ["line separators", "a\u2028b\u2029c\u0085d\vE\f", "a\\u2028b\\u2029c\\u0085d\\u000bE\\u000c"],
    ["hidden letters", "a\u{e0041}\u200b\ufeff", "a\\udb40\\udc41\\u200b\\ufeff"],
    ["half a character", "a\ud83d b\udc4d", "a\\ud83d b\\udc4d"],
    ["a workflow command", "::error file=x::y", "\\u003a:error file=x::y"],
    [
      "one on a later line, indented",
      "ok\n \t\u00a0::set-output name=a::b",
      "ok\n \t\u00a0\\u003a:set-output name=a::b",
    ],
    ["a command of the runner's older form", "see ##[add-mask]x", "see \\u0023#[add-mask]x"],
    ["a colour as Pulumi writes it", "<{%reset%}> <<{%x%}>", "\\u003c{%reset%}> <\\u003c{%x%}>"],
    ["a command of Azure Pipelines", "x###VSO[task.setvariable]", "x#\\u0023#VSO[task.setvariable]"],
  ];
  it.each(table)("%s", (_what, text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});

describe("text stays as it is", () => {
  const table = [
    "std::vector and a:: b",
    "# Title\n## Part\n\t- item",
    "می‌خواهم, 👩‍👩‍👧 and 😀, नमस्ते",
    "x = a ? b : c",
    "C:\\u001b",
  ];
  it.each(table)("%s", (text) => {
    expect(printable(text)).toBe(text);
  });

  it("with the line ends of Windows as line feeds", () => {
    expect(printable("a\r\nb\r\n")).toBe("a\nb\n");
  });
});

/** Texts in which what matters is frequent. */
const pieces = fc.oneof(
  fc.constantFrom(
    "<",
    "{",
    "%",
    "<{%",
    "%}>",
    "::",
    ":",
    "#",
    "##",
    "##[",
    "##vso[",
    "v",
    "s",
    "o",
    "[",
    "\r",
    "\n",
    "\r\n",
    " ",
    "\t",
    "\u00a0",
  ),
  fc.constantFrom("\u001b", "\u009b", "\u202e", "\u2066", "\u2028", "\u200d", "\ud83d", "\udc4d", "error", "\\u003a"),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const texts = fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(""));

describe("for any text", () => {
  it("nothing steers, and no line begins a command", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/u);
        // .NET's TrimStart, which the runner applies, takes what \s takes.
        for (const line of shown.split("\n")) expect(line.trimStart()).not.toMatch(/^::/);
        expect(shown).not.toMatch(/##(\[|vso\[)/i);
        expect(shown).not.toContain("<{%");
      }),
      { numRuns: 3_000 },
    );
  });

  it("pieces give what the whole gives, however it is split", () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 5 }), fc.boolean(), (parts, byCharacter) => {
        const whole = parts.join("");
        const stream = new PrintableStream();
        const given = byCharacter ? whole.split("") : parts;
        expect(given.map((part) => stream.write(part)).join("") + stream.end()).toBe(printable(whole));
      }),
      { numRuns: 3_000 },
    );
  });

  it("what is printable stays, also in JSON", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(printable(printable(text))).toBe(printable(text));
        expect(JSON.parse(printable(JSON.stringify({ text })))).toEqual({ text });
        expect(printableLine(text)).not.toMatch(/[\n\t]/);
      }),
    );
  });
});

it("shows a stream at once, but for what the next piece may change", () => {
  const stream = new PrintableStream();
  expect(
    ["An ", "answer\u001b", "[2J", ":", ":x\n:", ":error", " ##", "[x"].map((piece) => stream.write(piece)),
  ).toEqual(["An ", "answer\\u001b", "[2J", "", "::x\n", "\\u003a:error", " ", "\\u0023#[x"]);
  expect(stream.end()).toBe("");
});

it("takes all texts of a value, and its keys", () => {
  expect(printableValues({ "a\u001b": ["\u202e", 1, null, { b: "::x" }] })).toEqual({
    "a\\u001b": ["\\u202e", 1, null, { b: "\\u003a:x" }],
  });
  expect(printableValues(undefined)).toBeUndefined();
});
