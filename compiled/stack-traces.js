// Plain Node without dependencies: stack traces of bundles name lines of the sources. `process.setSourceMapsEnabled` would read a bundle's
// map whenever it is loaded (30 ms), and knows nothing of scripts that were loaded with their compiled code; here it is read when the
// first stack trace is.
"use strict";
const { readFileSync } = require("node:fs");
const { SourceMap } = require("node:module");
const path = require("node:path");

const maps = new Map();

/** @returns {SourceMap | undefined} */
function mapOf(file) {
  if (!maps.has(file)) {
    let map;
    try {
      map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
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

/** Pulumi's processes map lines by themselves (source-map-support). */
const ofPulumi = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]/.test(process.argv[1] ?? "");

/**
 * From now on traces name lines of the sources.
 *
 * @param {string} folder - of the bundles
 */
function nameSourceLines(folder) {
  if (ofPulumi) return;
  Error.prepareStackTrace = (error, trace) =>
    [String(error), ...trace.map((site) => `    at ${described(site, folder)}`)].join("\n");
}

/**
 * Pulumi's SDK takes a trace for each promise that it makes, and finds the source line of each frame: a fifth of the program's processor
 * time. It shows them only where promises that never end are looked for (PULUMI_DEBUG_PROMISE_LEAKS); elsewhere they stay empty.
 */
function skipPromiseTraces() {
  const { prepareStackTrace } = Error;
  if (!prepareStackTrace || process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
  Error.prepareStackTrace = (error, trace) =>
    trace[0]?.getFunctionName() === "debuggablePromise" ? String(error) : prepareStackTrace(error, trace);
}

module.exports = { nameSourceLines, skipPromiseTraces };
