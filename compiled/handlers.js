// In the process in which Pulumi runs dynamic providers: handlers come from their bundle if that is made of today's sources.
"use strict";
const Module = require("node:module");
const path = require("node:path");
const { findBundle, loadBundle, root } = require("./bundle");

/**
 * The handlers' bundle; from then on, whoever asks for the path of a `handler.ts` gets it from there.
 *
 * @returns undefined outside of that process, and where the bundle is missing or older than the sources
 */
function bundledHandlers() {
  const inProvider = /[\\/]cmd[\\/]dynamic-provider[\\/]/.test(process.argv[1] ?? "");
  const file = inProvider ? findBundle("handlers") : undefined;
  if (file === undefined) return undefined;
  const bundle = loadBundle(file);
  const load = Module._load;
  Module._load = function (request, ...rest) {
    // tsx adds `?namespace=...`
    const name = path.relative(root, request.split("?")[0]).replaceAll("\\", "/");
    return name in bundle.handlers ? bundle.handlers[name] : load.call(this, request, ...rest);
  };
  return bundle;
}

module.exports = { bundledHandlers };
