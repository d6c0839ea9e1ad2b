// Plain Node without dependencies: keeps V8's compiled code of the packages that a kind of process loads, and where each was found. Most
// of a short process's time is loading: Pulumi's SDK alone is 950 files (0.4 s of processor time; 0.15 s from here). Node has a cache of
// its own from 22.8 on (`module.enableCompileCache`), which keeps the code and not the places.
"use strict";
const { createHash } = require("node:crypto");
const {
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const v8 = require("node:v8");
const vm = require("node:vm");
const { root } = require("./bundle");

/** Beside the bundles: shared by every checkout that shares its packages. */
const folder = path.join(root, "node_modules", ".cache", "azure-openai-finetune", "code");
/** Node's wrapper of a module, as text: kept code is a script's. */
const [head, tail] = Module.wrap("\0").split("\0");
/** Characters of source that a process may compile by itself without the cache being written again. */
const tolerated = 300_000;
/** Files of one kind that are kept: for two sets of packages, or versions of Node. */
const kept = 2;

/**
 * From now on this process loads packages from its kind's cache, and writes one if it has none. Nothing depends on it: a file that has
 * changed, or that the cache doesn't have, is loaded as ever.
 *
 * @param {string} kind - processes of one kind load the same: `program`, a command's path
 * @param {object} [options]
 * @param {boolean} [options.killed] - the process never reaches its end, so that the cache is written when it has loaded all
 * @param {boolean} [options.texts] - the process makes texts of functions with Pulumi's SDK
 */
function useCodeCache(kind, { killed = false, texts = false } = {}) {
  let packages;
  let file;
  try {
    packages = realpathSync(path.join(root, "node_modules")) + path.sep;
    file = path.join(folder, `${kind.replaceAll(/[\\/]/g, "~")}-${key()}.bin`);
  } catch {
    return; // No packages, so nothing to load from.
  }
  settleFlags(texts);
  const cache = read(file);
  const loaded = [];
  let compiled = 0;

  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, isMain, options) {
    const from = parent?.filename;
    if (options !== undefined || !from?.startsWith(packages))
      return resolve.call(this, request, parent, isMain, options);
    const name = `${path.dirname(from).slice(packages.length)}\0${request}`;
    const known = cache.places[name];
    if (known !== undefined) return packages + known;
    const found = resolve.call(this, request, parent, isMain, options);
    if (found.startsWith(packages)) cache.places[name] = found.slice(packages.length);
    return found;
  };

  let timer;
  const extension = Module._extensions[".js"];
  Module._extensions[".js"] = function (module, filename) {
    const one =
      filename.startsWith(packages) && scriptOf(filename, cache.files[filename.slice(packages.length)], cache.data);
    if (!one) return extension(module, filename);
    loaded.push({ name: filename.slice(packages.length), ...one });
    if (!one.fromCache) {
      compiled += one.length;
      if (killed) {
        clearTimeout(timer);
        timer = setTimeout(write, 500).unref();
      }
    }
    const require = requireOf(module);
    return one.script
      .runInThisContext()
      .call(module.exports, module.exports, require, module, filename, path.dirname(filename));
  };

  function write() {
    if (compiled <= tolerated) return;
    compiled = 0;
    try {
      writeCache(file, cache.places, loaded);
    } catch {
      // No room, or somebody else's folder: every process compiles for itself.
    }
  }
  process.once("exit", write);
}

/** The SDK sets this half way through its loading, for whoever makes texts of functions. */
const ofTexts = "--allow-natives-syntax";

/** V8 takes no code that was compiled under other flags, be it from here or Node's own, which is a tenth of what a process loads. */
function settleFlags(texts) {
  if (texts) return v8.setFlagsFromString(ofTexts);
  const { setFlagsFromString } = v8;
  v8.setFlagsFromString = (flags) => {
    if (flags !== ofTexts) setFlagsFromString(flags);
  };
}

/** Everything that decides whether V8 takes the code; each file's own content is compared by size and time when it is loaded. */
function key() {
  const given = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? "").split(" ")];
  const flags = given.filter((option) => option.startsWith("--") && !/^--(require|import)\b/.test(option));
  return createHash("sha256")
    .update(JSON.stringify([process.versions, process.arch, flags]))
    .update(readFileSync(path.join(root, "node_modules", ".package-lock.json")))
    .update(readFileSync(__filename))
    .digest("hex")
    .slice(0, 32);
}

/** The cache in a file: its length of header, the header as JSON, then sources and code. Empty if it isn't whole. */
function read(file) {
  try {
    const bytes = readFileSync(file);
    const length = bytes.readUInt32LE(0);
    const header = JSON.parse(bytes.utf8Slice(4, 4 + length));
    const data = bytes.subarray(aligned(4 + length));
    if (data.length === header.length) return { ...header, data };
  } catch {
    // Never written, or cut short.
  }
  return { places: {}, files: {}, data: Buffer.alloc(0) };
}

/**
 * A file's script, from the cache if that has this very file; undefined if it isn't CommonJS.
 *
 * @returns {{ bytes: Buffer, ascii: boolean, length: number, script: vm.Script, fromCache: boolean, size: number, time: number } | undefined} its
 *   source in UTF-8, whether it has nothing beyond ASCII, and its characters
 */
function scriptOf(filename, entry, data) {
  const { size, mtimeMs: time } = statSync(filename);
  if (entry?.size === size && entry.time === time) {
    const source = entry.ascii ? data.latin1Slice(...entry.source) : data.utf8Slice(...entry.source);
    const script = compile(filename, source, data.subarray(...entry.code));
    // As bytes of the cache, not as text: the script has one of its own, and a bundle has 5 MB.
    const kept = { bytes: data.subarray(...entry.source), ascii: entry.ascii };
    return { ...kept, length: source.length, script, fromCache: !script.cachedDataRejected, size, time };
  }
  if (isEsModule(filename)) return undefined;
  const source = readFileSync(filename, "utf8")
    .replace(/^\uFEFF/, "")
    .replace(/^#!/, "//");
  if (importsLater(source)) return undefined;
  try {
    const script = compile(filename, source);
    const bytes = Buffer.from(source);
    const ascii = bytes.length === source.length;
    return { bytes, ascii, length: source.length, script, fromCache: false, size, time };
  } catch {
    return undefined; // Node says what is wrong with it, or takes it for an ES module.
  }
}

function compile(filename, source, cachedData) {
  return new vm.Script(head + source + tail, {
    filename,
    cachedData,
    columnOffset: -head.length, // Columns of the first line are as if the wrapper were not there.
  });
}

const importCall = /(?<![.\w$])import(?=\s*\()/g;

/**
 * Whether a text has a call of `import()`, which fails in kept code: V8 keeps none of what Node needs for it. V8 itself tells calls from the
 * same words in strings, comments and names of methods: `super`, put in their place, is an error where it is called (but in the constructor
 * of a class that extends another).
 */
function importsLater(source) {
  if (source.search(importCall) < 0) return false;
  if (/\beval\b[\s)]*\(\s*["'`].*\bimport\(/.test(source)) return true;
  try {
    new vm.Script(head + source.replace(importCall, "super") + tail);
    return false;
  } catch {
    return true;
  }
}

function isEsModule(filename) {
  for (
    let at = path.dirname(filename);
    path.basename(at) !== "node_modules" && at !== path.dirname(at);
    at = path.dirname(at)
  ) {
    try {
      return JSON.parse(readFileSync(path.join(at, "package.json"), "utf8")).type === "module";
    } catch {
      // Not a package's folder.
    }
  }
  return false;
}

/** `require` as Node makes it for a module. */
function requireOf(module) {
  const require = (id) => module.require(id);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

function writeCache(file, places, loaded) {
  const parts = [];
  let length = 0;
  const add = (bytes) => {
    const start = length;
    parts.push(bytes, Buffer.alloc(aligned(bytes.length) - bytes.length));
    length += aligned(bytes.length);
    return [start, start + bytes.length];
  };
  const files = {};
  for (const { name, bytes, ascii, script, size, time } of loaded)
    files[name] = { size, time, ascii, source: add(bytes), code: add(script.createCachedData()) };

  const header = Buffer.from(JSON.stringify({ places, files, length }));
  const start = Buffer.alloc(aligned(4 + header.length));
  start.writeUInt32LE(header.length, 0);
  header.copy(start, 4);
  mkdirSync(folder, { recursive: true });
  // In one step: other processes read or write the same file.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, Buffer.concat([start, ...parts]));
  renameSync(unfinished, file);
  removeOlder(file);
}

/** V8 wants code to begin at a multiple of eight. */
function aligned(length) {
  return Math.ceil(length / 8) * 8;
}

/** Older caches of the same kind, and what killed processes left half written. */
function removeOlder(file) {
  const kind = path.basename(file).replace(/[0-9a-f]{32}\.bin$/, "");
  const ofKind = readdirSync(folder).filter(
    (name) => name.startsWith(kind) && /^[0-9a-f]{32}\.bin/.test(name.slice(kind.length)),
  );
  const age = (name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  for (const name of ofKind.sort((a, b) => age(b) - age(a)).slice(kept))
    rmSync(path.join(folder, name), { force: true });
}

module.exports = { useCodeCache };
