import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";
import { PAGE_FILE } from "local-azure/live/page-source";
import { livePage } from "../../live-page/page-document";
import { UserError } from "../../stack/command";
import { projectFolder } from "../../stack/project";
import type { SourcePackage } from "../build-package/package-file";

const source = path.join(projectFolder, "local-azure");
/** A workspace that no registry has: its code becomes part of the package. */
const INSIDE = "azure-openai-graders";

/**
 * Makes a folder that npm can pack: the library and the command as one JavaScript file each, the live page, the types, README and license. Its dependencies
 * are the packages that these files load, in the versions that the project is tested with.
 *
 * @throws UserError when the sources have errors; the compiler has printed them.
 */
export async function buildLocalAzure(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const loaded = await bundle(folder);
  writeTypes(folder);
  writeFileSync(path.join(folder, PAGE_FILE), JSON.stringify(await livePage()));
  // With the page that it refers to beside it.
  const readme = readFileSync(path.join(source, "README.md"), "utf8").replaceAll("](../docs/", "](docs/");
  writeFileSync(path.join(folder, "README.md"), readme);
  mkdirSync(path.join(folder, "docs"));
  copyFileSync(path.join(projectFolder, "docs/local-azure.md"), path.join(folder, "docs/local-azure.md"));
  copyFileSync(path.join(projectFolder, "LICENSE"), path.join(folder, "LICENSE"));
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(packageFile(loaded), undefined, 2)}\n`);
}

/**
 * Each package that the bundles load, by name.
 */
async function bundle(folder: string): Promise<string[]> {
  const { metafile } = await esbuild.build({
    entryPoints: { index: path.join(source, "src/index.ts"), cli: path.join(source, "src/cli.ts") },
    outdir: folder,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: true,
    metafile: true,
    logLevel: "error",
    plugins: [
      {
        name: "packages",
        setup(build) {
          build.onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
            kind === "entry-point" || name.startsWith(INSIDE) ? undefined : { path: name, external: true },
          );
        },
      },
    ],
  });
  const imports = Object.values(metafile.outputs).flatMap(({ imports: of }) => of.map(({ path: name }) => name));
  const names = imports.filter((name) => !name.startsWith("node:")).map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)![0]);
  return [...new Set(names)].sort();
}

function writeTypes(folder: string): void {
  const compiler = require.resolve("typescript/lib/tsc.js");
  const options = [
    "--declaration",
    "--emitDeclarationOnly",
    "--noEmit",
    "false",
    "--outDir",
    path.join(folder, "types"),
  ];
  const project = path.join(source, "tsconfig.types.json");
  try {
    execFileSync(process.execPath, [compiler, "--project", project, ...options], { stdio: ["ignore", 2, 2] });
  } catch {
    throw new UserError("The package was not built: the TypeScript compiler found the errors above.");
  }
  const types = path.join(folder, "types");
  const needed = reachable(path.join(types, "index.d.ts"));
  for (const file of readdirSync(types, { recursive: true, encoding: "utf8" }))
    if (file.endsWith(".d.ts") && !needed.has(path.join(types, file))) rmSync(path.join(types, file));
}

/** A file of types and all that it imports. */
function reachable(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, name] of readFileSync(file, "utf8").matchAll(/ from "(\.[^"]*)"/g))
    reachable(`${path.join(path.dirname(file), name!)}.d.ts`, found);
  return found;
}

function packageFile(loaded: string[]) {
  const read = (file: string) => JSON.parse(readFileSync(path.join(projectFolder, file), "utf8")) as SourcePackage;
  const own = read("local-azure/package.json");
  const known = { ...read("graders/package.json").dependencies, ...own.dependencies };
  const missing = loaded.filter((name) => !(name in known));
  if (missing.length > 0) {
    throw new UserError(
      `local-azure/package.json does not list ${missing.join(", ")}, which the code of local-azure loads.`,
    );
  }
  const { name, version, description, license, engines } = own;
  return {
    ...{ name, version, description, license, engines },
    keywords: ["azure", "azure-openai", "emulator", "testing", "fine-tuning"],
    bin: { "local-azure": "./cli.js" },
    exports: { ".": { types: "./types/index.d.ts", default: "./index.js" }, "./package.json": "./package.json" },
    main: "./index.js",
    types: "./types/index.d.ts",
    dependencies: Object.fromEntries(loaded.map((one) => [one, `^${known[one]!}`])),
  };
}
