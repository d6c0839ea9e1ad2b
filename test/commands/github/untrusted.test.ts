import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { summarize } from "../../../commands/preview-summary/summary";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { harmless } from "../../../commands/github/untrusted";
import { previewNames, recorded } from "../preview-summary/previews";

const shown = (text: string) => harmless(new TextEncoder().encode(text));

/** What GitHub makes something of: HTML but `<br>`, links, images, footnotes, addresses, mentions of people, teams, issues. */
const active =
  /<(?!br>)|\[[^\]\n]*\]\(|\]\[|\]:|!\[|\[\^|:\/\/|www\.|mailto:|xmpp:|@[\w-]|#\d|gh-\d|&(?!amp;|lt;)|[\u202a-\u202e\u2066-\u2069]/i;

it.each([
  ["a link", "[approve](https://evil.example)"],
  ["an image that tells who looked", "![](https://evil.example/pixel.png)"],
  ["a bare address", "see https://evil.example and www.evil.example"],
  ["an address in angle brackets", "<https://evil.example>"],
  ["a reference", "[approve][1]\n\n[1]: https://evil.example"],
  ["HTML", '<img src=x><a href="//evil.example">approve</a><details open>'],
  ["HTML in entities", "&#60;img src=x&#62; &lt;b&gt;"],
  ["people and teams", "@octocat @team/owners please approve, and me@evil.example"],
  ["other issues", "Fixes #12, team/models#13, GH-14"],
  ["a footnote", "[^1]\n\n[^1]: approved"],
  ["a task list that looks ticked", "- [x](javascript:alert(1))"],
  ["text that runs backwards", "\u202eapproved\u202c"],
  ["a comment that hides the rest", "<!-- azure-openai-finetune preview dev --> <!--"],
  ["escapes of a terminal", "\u001b]0;title\u0007\u001b[31mred"],
  ["marks between that are taken out", "@\u200boctocat [a]\u200b(https:/\u200b/evil.example) <\u200bimg>"],
  ["a line break in HTML's clothes", "<br/onload=x><br ><BR>"],
])("%s does nothing", (_, text) => {
  expect(shown(text)).not.toMatch(active);
});

it("whatever is written does nothing", () => {
  const piece = fc.constantFrom(
    "[",
    "]",
    "(",
    ")",
    "!",
    "<",
    ">",
    "br>",
    "@",
    "#",
    "1",
    "a",
    ":",
    "/",
    "//",
    "www.",
    "gh-",
    "&",
    "lt;",
    "^",
    "\\",
    "`",
    "\n",
    "\r",
    " ",
    "\u200b",
    "\u202e",
    "http",
    "mailto:",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(shown(pieces.join(""))).not.toMatch(active);
    }),
    { numRuns: 2000 },
  );
});

describe("our own summaries look as before", () => {
  it.each(previewNames)("%s", (name) => {
    const { markdown } = summarize(readPreview(recorded(name)), new Date("2026-11-23T00:00:00Z"));
    const text = shown(markdown);
    const plain = (value: string) => value.replaceAll(/\u200b/g, "");
    expect(plain(text)).toBe(plain(markdown));
    expect(text.split("\n").filter((line) => /^#{2,3} /.test(line))).toEqual(
      markdown.split("\n").filter((line) => /^#{2,3} /.test(line)),
    );
  });
});

it("is no longer than a comment may be, and refuses what is no text", () => {
  expect(shown("@".repeat(65_536)).length).toBeLessThan(65_000);
  expect(() => harmless(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe]))).toThrow(/not UTF-8/);
});
