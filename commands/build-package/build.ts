import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../stack/command";
import { projectFolder } from "../../stack/project";
import { packageFile } from "./package-file";

/** What the compiler doesn't copy: read at run time, or by people. */
const copied = [
  ["datasets/kernel/kernel.wasm", "datasets/kernel/kernel.wasm"],
  ["npm-package/README.md", "README.md"],
  ["LICENSE", "LICENSE"],
];

/**
 * Compiles components, dynamic resources and all they load into a folder that npm can pack: JavaScript, types and source maps with the
 * sources in them.
 *
 * @throws UserError when the sources have errors; the compiler has printed them.
 */
export function buildPackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const compiler = require.resolve("typescript/lib/tsc.js");
  try {
    execFileSync(
      process.execPath,
      [compiler, "--project", path.join(projectFolder, "npm-package"), "--outDir", folder],
      {
        stdio: ["ignore", 2, 2],
      },
    );
  } catch {
    throw new UserError("The package was not built: the TypeScript compiler found the errors above.");
  }
  nameSourcesBeside(folder);
  for (const [from, to] of copied) copyFileSync(path.join(projectFolder, from!), path.join(folder, to!));
  const root = JSON.parse(readFileSync(path.join(projectFolder, "package.json"), "utf8")) as Parameters<
    typeof packageFile
  >[0];
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(packageFile(root, folder), undefined, 2)}\n`);
}

/** In the maps a source lies beside its JavaScript: the checkout's folders are not those of a node_modules. The sources are in the maps. */
function nameSourcesBeside(folder: string): void {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".js.map"),
  )) {
    const map = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as { sources: string[] };
    map.sources = map.sources.map((source) => path.posix.basename(source));
    writeFileSync(path.join(folder, file), JSON.stringify(map));
  }
}
