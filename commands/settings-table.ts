import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runCommand } from "../stack/command";
import { projectFolder, readProjectFile } from "../stack/project";
import { settingsTable, tableBegin, tableEnd } from "./settings-table/table";

/** `npm run settings-table`: writes the table of Pulumi.yaml's settings into README.md. */
runCommand(() => {
  const file = path.join(projectFolder, "README.md");
  const readme = readFileSync(file, "utf8");
  const before = readme.slice(0, readme.indexOf(tableBegin) + tableBegin.length);
  const after = readme.slice(readme.indexOf(tableEnd));
  writeFileSync(file, `${before}\n\n${settingsTable(readProjectFile().config ?? {})}\n\n${after}`);
  execFileSync(process.execPath, [require.resolve("prettier/bin/prettier.cjs"), "--write", file], { stdio: "ignore" });
  return Promise.resolve(0);
});
