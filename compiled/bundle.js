// Plain Node without dependencies: finds and loads the JavaScript that `build.js` made of the TypeScript sources.
"use strict";
const { createHash } = require("node:crypto");
const { readFileSync, realpathSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const path = require("node:path");
const { nameSourceLines } = require("./stack-traces");

// From Node 22.8: V8's compiled code is kept, which saves a third of the time that loading Pulumi's SDK takes (0.45 s to 0.30 s).
enableCompileCache?.();

const root = path.dirname(__dirname);
/** Shared by every checkout that shares its packages: names of bundles are hashes of what they were made of. */
const folder = path.join(root, "node_modules", ".cache", "azure-openai-finetune", "bundles");
/** Bundles find the checkout by this: their text names no absolute path. */
const rootKey = "azure-openai-finetune.root";

/** Packages of the checkout itself, in folders of their own. */
const workspaces = ["local-azure", "azure-openai-graders"];

/** Path from the checkout; a workspace may be linked from elsewhere, where a checkout shares another's packages. */
function fromRoot(file) {
  const inside = path.relative(root, file);
  if (!inside.startsWith("..")) return inside.replaceAll("\\", "/");
  const linked = workspaces
    .map((name) => [name, path.relative(realpathSync(path.join(root, "node_modules", name)), file)])
    .map(([name, below]) => `node_modules/${name}/${below.replaceAll("\\", "/")}`);
  return linked.find((name) => !name.includes("/../")) ?? linked[0];
}

/** File name of an entry's bundle or list, without the ending. */
function nameOf(entry) {
  return entry.replaceAll(/[\\/]/g, "~");
}

/**
 * Hash of everything that a bundle was made of: its sources, the packages, the builder.
 *
 * @param {string[]} sources - paths relative to the checkout
 * @throws Error where a file is missing
 */
function keyOf(sources) {
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of ["node_modules/.package-lock.json", "compiled/build.js", ...sources]) {
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 32);
}

/**
 * The bundle of an entry, if there is one that was made of exactly today's sources.
 *
 * @param {string} entry - path of a TypeScript file relative to the checkout, without its ending; or `handlers`
 * @returns {string | undefined}
 */
function findBundle(entry) {
  try {
    const { sources } = JSON.parse(readFileSync(path.join(folder, `${nameOf(entry)}.json`), "utf8"));
    const file = path.join(folder, `${nameOf(entry)}-${keyOf(sources)}.js`);
    return require.resolve(file);
  } catch {
    return undefined; // Never built, or a source is gone.
  }
}

/** What the bundle in `file` exports; stack traces name lines of the sources. */
function loadBundle(file) {
  globalThis[Symbol.for(rootKey)] = root;
  nameSourceLines(folder);
  return require(file);
}

module.exports = { root, folder, workspaces, rootKey, fromRoot, nameOf, keyOf, findBundle, loadBundle };
