import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { projectFolder, readProjectFile } from "../../../tools/project";
import { settingsTable, tableBegin, tableEnd } from "../../../tools/readme/settings-table";

/** Without the padding that the formatter adds. */
function bare(table: string): string[] {
  const rows = table.trim().split("\n");
  return rows.map((row) => row.replace(/\s+/g, " ").replace(/-{3,}/g, "---").trim());
}

test("README has the settings of Pulumi.yaml (else run: npm run settings-table)", () => {
  const readme = readFileSync(path.join(projectFolder, "README.md"), "utf8");
  const written = readme.slice(readme.indexOf(tableBegin) + tableBegin.length, readme.indexOf(tableEnd));
  expect(bare(written)).toEqual(bare(settingsTable(readProjectFile().config ?? {})));
});

test("every setting says what it means", () => {
  const settings = Object.entries(readProjectFile().config ?? {});
  expect(settings.length).toBeGreaterThan(20);
  expect(settings.filter(([, { description }]) => !description)).toEqual([]);
});

test("bars and tags don't break the table", () => {
  const table = settingsTable({ a: { type: "array", items: { type: "object" }, default: [], description: "x|y <z>" } });
  expect(table.split("\n").at(-1)).toBe("| `a` | list of object | `[]` | x\\|y &lt;z> |");
});
