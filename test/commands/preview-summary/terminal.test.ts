import { expect, it } from "@jest/globals";
import { doneSummary } from "../../../commands/plan/done";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { findingsOf } from "../../../commands/preview-summary/summary";
import { terminalSummary } from "../../../commands/preview-summary/terminal";
import { digest } from "./digest";
import { previewNames, recorded } from "./previews";

const findings = (text: string) => findingsOf(readPreview(text), new Date("2026-11-23T00:00:00Z"));
const plain = (text: string) => text.replace(/\u001b\[\d+m/g, "");

it.each(previewNames)("recorded preview %s", (name) => {
  expect(`\n${plain(terminalSummary(findings(recorded(name))))}\n`).toMatchSnapshot();
});

it.each(previewNames)("%s fits into a terminal of 80 columns and 24 lines, a question below it", (name) => {
  const lines = plain(terminalSummary(findings(recorded(name)))).split("\n");
  const rows = lines.reduce((sum, line) => sum + Math.ceil(line.length / 80), 0);
  expect(rows).toBeLessThan(24);
});

it("lists the first warnings and counts the rest; text of others steers no terminal and shows no credential", () => {
  const warnings = [
    "\u001b[2Jline 1: cleared\nagain",
    "api_key=abcdefghijklmnop123",
    ...Array.from({ length: 7 }, (_, index) => `line ${index + 2}: x`),
  ];
  const text = plain(terminalSummary(findings(digest([{ type: "Dataset", inputs: { warnings } }])), 400));
  expect(text).not.toContain("\u001b");
  expect(text).not.toContain("abcdefghijklmnop123");
  expect(text).toContain("cleared again");
  expect(text).toMatch(/warning {2}\.\.\. and 4 more: `npm run preview \| cat` lists all$/);
});

it("no secret is left out, and nothing of what a file gets", () => {
  const secrets = Array.from({ length: 8 }, (_, index) => `line ${index + 1}: a key (secret)`);
  const others = Array.from({ length: 8 }, (_, index) => `line ${index + 1}: x (y)`);
  const found = findings(digest([{ type: "Dataset", inputs: { warnings: [...others, ...secrets] } }]));
  const lines = (columns?: number) => plain(terminalSummary(found, columns)).split("\n");
  expect(lines(120).filter((line) => line.endsWith("(secret)"))).toHaveLength(8);
  expect(lines(120).at(-1)).toContain("... and 3 more: ");
  expect(lines().filter((line) => /\((secret|y)\)$/.test(line)).length).toBeGreaterThanOrEqual(10);
  expect(lines().join("\n")).not.toContain("| cat");
});

it("an up that is over says what it did", () => {
  expect(plain(doneSummary(findings(recorded("data-change"))))).toMatchSnapshot();
  expect(plain(doneSummary(findings(recorded("no-change"))))).toMatch(
    /^This run trained nothing and changed nothing\./,
  );
});
