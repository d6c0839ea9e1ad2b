import { printable } from "../../azure-openai/printable-text";

/** A cell of a table: one line, nothing that Markdown or GitHub would take for markup or a mention. */
export function cell(text: string): string {
  return inline(text).replaceAll("|", "\\|");
}

/** Foreign text inside our Markdown: no HTML, no mention of people or issues, no line that starts another block, nothing that steers a terminal or CI. */
export function inline(text: string): string {
  return printable(text)
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll("<", "&lt;")
    .replaceAll(/(^|[^\w`])([@#])(?=\w)/g, "$1$2\u200b")
    .replaceAll(/\[([^\]]*)\]\(/g, "[$1]\u200b(")
    .replaceAll(/https?:\/\//g, (scheme) => `${scheme.slice(0, -2)}\u200b//`);
}

/** Items of a list; the lines of an item stay together. */
export function list(items: string[]): string[] {
  return items.map(
    (item) =>
      `- ${item
        .split("\n")
        .map((line) => inline(line.trim()))
        .join("<br>\n  ")}`,
  );
}
