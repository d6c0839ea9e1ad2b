// Plain Node without dependencies: stack traces of bundles name lines of the sources. `process.setSourceMapsEnabled` would read a bundle's
// map whenever it is loaded (30 ms), and knows nothing of scripts that were loaded with their compiled code; here it is read when the
// first stack trace is.
"use strict";
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const maps = new Map();
/** `Error.prepareStackTrace` of whoever else maps lines; undefined if nobody does. */
let others;
let named = false;

/** @returns {Module.SourceMap | undefined} */
function mapOf(file) {
  if (!maps.has(file)) {
    let map;
    try {
      map = new Module.SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
    } catch {
      // Without its map, a trace names lines of the bundle.
    }
    maps.set(file, map);
  }
  return maps.get(file);
}

/** `at greet (/checkout/lib/greet.ts:5:3)` */
function described(site, folder) {
  const text = String(site);
  const file = site.getFileName();
  if (!file?.startsWith(folder)) return text;
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  const { originalSource, originalLine, originalColumn } = mapOf(file)?.findEntry(line - 1, column - 1) ?? {};
  if (!originalSource) return text;
  return text.replace(
    `${file}:${line}:${column}`,
    `${path.resolve(folder, originalSource)}:${originalLine + 1}:${originalColumn + 1}`,
  );
}

/** Whether the lines of a frame's file are named here: a bundle's, those of packages and of Node as they are. */
const isNamedHere = (file) =>
  !file || file.startsWith("node:") || file.startsWith(__dirname + path.sep) || /[\\/]node_modules[\\/]/.test(file);

/**
 * From now on traces name lines of the sources.
 *
 * @param {string} folder - of the bundles
 */
function nameSourceLines(folder) {
  if (named) return;
  named = true;
  others ??= Error.prepareStackTrace;
  Error.prepareStackTrace = (error, trace) =>
    others && !trace.every((site) => isNamedHere(site.getFileName()))
      ? others(error, trace)
      : [String(error), ...trace.map((site) => `    at ${described(site, folder)}`)].join("\n");
}

/**
 * Pulumi's processes map lines by themselves, those of packages too (source-map-support). The program takes a trace for each resource, and
 * spent a quarter of its processor time on that. From now on they do so only for traces with files that aren't named here.
 */
function replaceSourceMapSupport() {
  const load = Module._load;
  Module._load = function (request, parent, ...rest) {
    if (request !== "source-map-support/register") return load.call(this, request, parent, ...rest);
    others = (...trace) => {
      const { prepareStackTrace } = Error;
      load.call(this, request, parent, ...rest);
      others = Error.prepareStackTrace;
      Error.prepareStackTrace = prepareStackTrace;
      return others(...trace);
    };
  };
}

/**
 * Pulumi's SDK takes a trace for each promise that it makes, and shows them only where promises that never end are looked for
 * (PULUMI_DEBUG_PROMISE_LEAKS). Elsewhere they stay empty.
 */
function skipPromiseTraces() {
  if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
  const debuggable = require("@pulumi/pulumi/runtime/debuggable");
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (...args) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(...args);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}

module.exports = { nameSourceLines, replaceSourceMapSupport, skipPromiseTraces };
