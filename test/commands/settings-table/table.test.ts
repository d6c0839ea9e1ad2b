import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { parseSettings } from "../../../config";
import { projectFolder, readProjectFile } from "../../../stack/project";
import { settingsTable, tableBegin, tableEnd } from "../../../commands/settings-table/table";

const declared = readProjectFile().config ?? {};
/** Name, type, default, costs and meaning of each row. */
const rows = settingsTable(declared)
  .split("\n")
  .slice(2)
  .map((row) => row.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").trim()));

/** Without the padding that the formatter adds. */
function bare(table: string): string[] {
  const rows = table.trim().split("\n");
  return rows.map((row) => row.replace(/\s+/g, " ").replace(/-{3,}/g, "---").trim());
}

it("README has the table of today's settings (else run: npm run settings-table)", () => {
  const readme = readFileSync(path.join(projectFolder, "README.md"), "utf8");
  const written = readme.slice(readme.indexOf(tableBegin) + tableBegin.length, readme.indexOf(tableEnd));
  expect(bare(written)).toEqual(bare(settingsTable(declared)));
});

it("has a row of five cells for each field, with its meaning", () => {
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.filter((row) => row.length !== 5)).toEqual([]);
  expect(rows.filter(([, , , , meaning]) => !meaning || meaning.length < 10)).toEqual([]);
  expect(rows.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      "`deploy.gate.maxValidationLoss`",
      "`network.networkAcls.ipRules`",
      "`roles.principals[].id`",
    ]),
  );
});

const at = (value: unknown, path: string[]) =>
  path.reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], value);

it("shows the defaults that the program fills in", () => {
  const defaults = parseSettings({}, "dev");
  for (const [name = "", , value = ""] of rows) {
    const path = name.replaceAll("`", "").split(".");
    if (path.length < 2 || value === "" || value === "`{}`" || value === "`[]`") continue;
    const filledIn = at(defaults, path);
    const shown = Array.isArray(filledIn) ? JSON.stringify(filledIn) : String(filledIn);
    expect([name, value.replaceAll("`", "")]).toEqual([name, shown]);
  }
});

it("says of a change that trains again what it costs", () => {
  const costs = Object.fromEntries(rows.map(([name = "", , , costs]) => [name.replaceAll("`", ""), costs]));
  expect(costs).toMatchObject({
    model: "training",
    "dataset.validation": "training",
    "deploy.sku": "hosting",
    localAuth: "",
  });
});

it("tells the meaning of settings that are no objects from Pulumi.yaml, with bars and tags that don't break the table", () => {
  const table = settingsTable({ ...declared, model: { type: "string", description: "x|y <z> `<q>`" } });
  expect(table).toContain("| `model` | text | `gpt-4o-mini-2024-07-18` | training | x\\|y &lt;z> `<q>` |");
});
