// In the process in which Pulumi runs dynamic providers: handlers come from their bundle if that is made of today's sources.
"use strict";
const Module = require("node:module");
const path = require("node:path");
const { findBundle, loadBundle, root } = require("./bundle");

const inProvider = /[\\/]cmd[\\/]dynamic-provider[\\/]/.test(process.argv[1] ?? "");
const nameOf = (file) => path.relative(root, file).replaceAll("\\", "/");
let bundle;

/** @returns {{ runHandler: Function, handlers: Record<string, object> } | undefined} undefined outside of that process, and without bundle */
function handlersBundle() {
  if (bundle) return bundle;
  const file = inProvider ? findBundle("handlers") : undefined;
  return file && (bundle = loadBundle(file));
}

/**
 * The handlers' bundle; from then on, whoever asks for the path of a `handler.ts` gets it from there.
 *
 * @returns undefined outside of that process, and where the bundle is missing or older than the sources
 */
function bundledHandlers() {
  const bundle = handlersBundle();
  if (bundle === undefined) return undefined;
  const load = Module._load;
  Module._load = function (request, ...rest) {
    // tsx adds `?namespace=...`
    const name = nameOf(request.split("?")[0]);
    return name in bundle.handlers ? bundle.handlers[name] : load.call(this, request, ...rest);
  };
  return bundle;
}

/** What providers' texts ask tsx for comes from the bundle, if that has it. */
function replaceTsx() {
  const load = Module._load;
  Module._load = function (request, ...rest) {
    if (request !== "tsx/cjs/api") return load.call(this, request, ...rest);
    return {
      require(file, from) {
        const bundle = handlersBundle();
        const name = nameOf(file);
        if (bundle && name === "dynamic-providers/run-handler.ts") return bundle;
        if (bundle && name in bundle.handlers) return bundle.handlers[name];
        return load.call(Module, request, ...rest).require(file, from);
      },
    };
  };
}

module.exports = { bundledHandlers, replaceTsx };
