// Makes one JavaScript file of an entry and all that it imports: a process that loads it starts in a tenth of the time that
// transpiling and finding a thousand modules takes.
"use strict";
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const path = require("node:path");
const { folder, fromRoot, keyOf, nameOf, root, rootKey, workspaces } = require("./bundle");

/** Packages that must be the same copy as Pulumi's own code has, that find files of their own, or that few runs load. */
const external = [
  ...["@pulumi/*", "@grpc/*", "google-protobuf", "tsx", "typescript", "esbuild", "js-tiktoken"],
  ...["@azure/storage-blob", "playwright-core", "@sparticuz/*", "axe-core", "assemblyscript", "prettier"],
];
/** The provider's code, which states hold as text: its text must be that of tsx, letter by letter. */
const textInStates = "dynamic-providers/runtime/late-bound.ts";
/** As tsx transpiles (its `register`); what matters to a function's text is the last line. */
const asTsx = {
  ...{ loader: "ts", format: "cjs", platform: "node", target: `node${process.versions.node}`, sourcemap: "inline" },
  ...{ minifyWhitespace: true, keepNames: true },
};
/** Of packages no lines are named: their maps would be most of the map, and each captured stack would pay for reading it. */
const noMap = `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString("base64")}`;
const kept = 4;

/** What each entry's bundle starts from. */
function startOf(entry) {
  if (entry !== "handlers") return { entryPoints: [path.join(root, `${entry}.ts`)] };
  const providers = path.join(root, "dynamic-providers");
  const files = readdirSync(providers)
    .map((name) => `dynamic-providers/${name}/handler.ts`)
    .filter((file) => existsSync(path.join(root, file)));
  const getters = files.map((file) => `get ${JSON.stringify(file)}() { return require("./${file}"); },`).join("\n");
  const contents = `export { runHandler } from "./dynamic-providers/runtime/call-handler";\nexport const handlers = {\n${getters}\n};`;
  return { stdin: { contents, resolveDir: root, sourcefile: "handlers.ts", loader: "ts" } };
}

const isPackage = (file) =>
  fromRoot(file)
    .replace(new RegExp(`^node_modules/(${workspaces.join("|")})/`), "")
    .split("/")
    .includes("node_modules");

function sourcesOf(esbuild, textFile) {
  return {
    name: "sources",
    setup(build) {
      build.onResolve({ filter: /\/late-bound$/ }, async ({ path: request, resolveDir, pluginData }) => {
        if (pluginData === "found") return undefined;
        const found = await build.resolve(request, { kind: "import-statement", resolveDir, pluginData: "found" });
        return found.path === path.join(root, textInStates) ? { path: `./${textFile}`, external: true } : undefined;
      });
      build.onLoad({ filter: /\.(ts|js|cjs|mjs)$/ }, ({ path: file }) => {
        const text = readFileSync(file, "utf8");
        if (isPackage(file)) return { contents: text + noMap, loader: "js", resolveDir: path.dirname(file) };
        const name = JSON.stringify(`/${fromRoot(file)}`);
        const folderName = JSON.stringify(`/${path.posix.dirname(fromRoot(file))}`);
        const shim =
          (text.includes("__dirname") ? `const __dirname = __checkout + ${folderName};` : "") +
          (text.includes("__filename") ? `const __filename = __checkout + ${name};` : "");
        return { contents: shim + text, loader: file.endsWith(".ts") ? "ts" : "js" };
      });
    },
  };
}

/**
 * Builds an entry's bundle.
 *
 * @param {string} entry - as `findBundle` takes it
 * @returns {Promise<string>} its file
 */
async function buildBundle(entry) {
  const esbuild = require("esbuild");
  mkdirSync(folder, { recursive: true });
  const text = await esbuild.transform(readFileSync(path.join(root, textInStates), "utf8"), {
    ...asTsx,
    sourcefile: textInStates,
  });
  const textFile = `late-bound-${keyOf([textInStates])}.js`;
  const { outputFiles, metafile } = await esbuild.build({
    ...startOf(entry),
    absWorkingDir: root,
    outfile: path.join(folder, `${nameOf(entry)}.js`),
    plugins: [sourcesOf(esbuild, textFile)],
    external,
    banner: { js: `const __checkout = globalThis[Symbol.for(${JSON.stringify(rootKey)})];` },
    supported: { "dynamic-import": false }, // Scripts whose compiled code is kept have none.
    ...{ bundle: true, platform: "node", format: "cjs", target: "node20.19", keepNames: true },
    ...{ sourcemap: "external", sourcesContent: false, metafile: true, write: false, logLevel: "silent" },
  });
  const sources = Object.keys(metafile.inputs)
    .map((file) => path.resolve(root, file))
    .filter((file) => !isPackage(file) && existsSync(file))
    .map(fromRoot);
  if (!sources.includes(textInStates)) sources.push(textInStates);
  const name = `${nameOf(entry)}-${keyOf(sources)}.js`;
  const [map, code] = ["map", "js"].map((ending) => outputFiles.find(({ path: file }) => file.endsWith(ending)).text);
  write(textFile, text.code);
  write(`${name}.map`, map);
  write(name, `${code}\n//# sourceMappingURL=${name}.map\n`);
  write(`${nameOf(entry)}.json`, JSON.stringify({ sources }));
  for (const bundle of [nameOf(entry), "late-bound"]) removeOlder(bundle);
  return path.join(folder, name);
}

/** In one step: another process may read or write the same file. */
function write(name, text) {
  const unfinished = path.join(folder, `${name}.${process.pid}`);
  writeFileSync(unfinished, text);
  renameSync(unfinished, path.join(folder, name));
}

function removeOlder(bundle) {
  const ours = readdirSync(folder).filter(
    (name) => name.startsWith(`${bundle}-`) && /^[0-9a-f]{32}\.js$/.test(name.slice(bundle.length + 1)),
  );
  const age = (name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  for (const name of ours.sort((a, b) => age(b) - age(a)).slice(kept))
    for (const file of [name, `${name}.map`]) rmSync(path.join(folder, file), { force: true });
}

module.exports = { buildBundle };
