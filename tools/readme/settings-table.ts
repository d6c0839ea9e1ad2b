import type { SettingDeclaration } from "../project";

export const tableBegin = "<!-- settings:begin -->";
export const tableEnd = "<!-- settings:end -->";

/** The settings that Pulumi.yaml declares, as a Markdown table without padding. */
export function settingsTable(settings: Record<string, SettingDeclaration>): string {
  const rows = Object.entries(settings).map(([name, { type, items, default: value, description }]) => {
    const kind = items?.type ? `list of ${items.type}` : type;
    return `| \`${name}\` | ${kind} | ${shown(value)} | ${cell(description ?? "")} |`;
  });
  return ["| setting | type | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function shown(value: unknown): string {
  if (value === undefined || value === "") return "";
  return `\`${cell(typeof value === "string" ? value : JSON.stringify(value))}\``;
}

/** In a table a bar ends the cell, and outside of code `<` begins a tag. */
function cell(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .replace(/<(?=[a-z])/g, "&lt;")
    .trim();
}
