import { z } from "zod";
import { settings } from "../../config/settings";
import type { SettingDeclaration } from "../../stack/project";

export const tableBegin = "<!-- settings:begin -->";
export const tableEnd = "<!-- settings:end -->";

/** What the table needs of a JSON schema, with the settings' own `costs`. */
interface Field {
  type?: string | string[];
  enum?: unknown[];
  anyOf?: { const?: string; type?: string }[];
  properties?: Record<string, Field>;
  items?: Field;
  default?: unknown;
  description?: string;
  costs?: string;
}

/**
 * Every field of every setting as a row of a Markdown table, without padding: what the program accepts, its default, what a change of it costs, and
 * what it means. Settings that are not objects are described in Pulumi.yaml.
 *
 * @param declared - the settings of Pulumi.yaml.
 */
export function settingsTable(declared: Record<string, SettingDeclaration>): string {
  const schema = z.toJSONSchema(settings, { io: "input", unrepresentable: "any" }) as Field;
  const rows = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    rowsOf(name, { ...field, description: field.description ?? declared[name]?.description }),
  );
  return ["| setting | type | default | a change costs | meaning |", "| --- | --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
}

function rowsOf(name: string, field: Field): string[] {
  const fields = Object.entries(field.properties ?? {});
  if (fields.length > 0) return fields.flatMap(([part, value]) => rowsOf(`${name}.${part}`, value));
  const parts = Object.entries(field.items?.properties ?? {});
  const { costs = "", description = "" } = field;
  const row = `| \`${name}\` | ${typeOf(field)} | ${shown(field.default)} | ${cell(costs)} | ${cell(description)} |`;
  return [row, ...parts.flatMap(([part, value]) => rowsOf(`${name}[].${part}`, value))];
}

function typeOf({ type, enum: words, anyOf, items }: Field): string {
  if (words) return words.map((word) => `\`${String(word)}\``).join(", ");
  if (anyOf) return anyOf.map((one) => (one.const === undefined ? typeOf(one) : `\`${one.const}\``)).join(", ");
  if (type === "array") return items?.properties ? "list" : `list of ${typeOf(items ?? {})}`;
  if (type === "object") return "names and values";
  if (type === "string") return "text";
  if (type === "integer") return "whole number";
  // The schema of a number that may be written as text has no type.
  return type === "boolean" ? "`true`, `false`" : "number";
}

function shown(value: unknown): string {
  if (value === undefined || value === "") return "";
  return `\`${cell(typeof value === "string" ? value : JSON.stringify(value))}\``;
}

/** In a table a bar ends the cell, and outside code `<` starts a tag. */
function cell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/<(?=[a-z])/g, "&lt;")))
    .join("")
    .replaceAll("|", "\\|")
    .trim();
}
