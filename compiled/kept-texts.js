// Plain Node without dependencies: keeps the texts that Pulumi makes of the dynamic providers, which states hold. Making them takes the
// TypeScript compiler and a tenth of the processor time of an `up` without changes, and always ends in the same: a provider's text is
// decided by the code in late-bound.ts, the path of its handler, Pulumi's SDK, Node's version and what transpiles it.
"use strict";
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { keyOf, root } = require("./bundle");

/** Beside the bundles: shared by every checkout that shares its packages. */
const folder = path.join(root, "node_modules", ".cache", "azure-openai-finetune", "texts");
/** Where late-bound.ts notes each provider with the path of its handler. */
const providersKey = "azure-openai-finetune.providers";
/** The file of the SDK that asks for a provider's text, and the module that it asks. */
const asking = path.join("@pulumi", "pulumi", "dynamic", "index.js");
const maker = "../runtime/closure/serializeClosure";
/** The file of the SDK that connects Node's inspector before a program, for whoever makes texts, and the module that it asks. */
const running = path.join("@pulumi", "pulumi", "cmd", "run", "index.js");
const inspector = "../../runtime/closure/v8Hooks";

/**
 * From now on this process takes the text of a provider from an earlier run, and keeps what it has to make. Nothing depends on it.
 *
 * @returns {boolean} whether there are texts of an earlier run
 */
function keepTexts() {
  let file;
  try {
    const key = keyOf(["dynamic-providers/runtime/late-bound.ts", "compiled/kept-texts.js"]);
    file = path.join(folder, `${key}.json`);
  } catch {
    return false; // No packages, or another program.
  }
  const providers = new WeakMap();
  globalThis[Symbol.for(providersKey)] = providers;
  const kept = read(file);
  const hasTexts = Object.keys(kept).length > 0;
  const made = {};

  const load = Module._load;
  Module._load = function (request, parent, ...rest) {
    // Connected, it is told of each script: a tenth of the program's time. A text that has to be made connects it, too.
    if (hasTexts && request === inspector && parent?.filename?.endsWith(running))
      return { isInitializedAsync: () => Promise.resolve() };
    const loaded = load.call(this, request, parent, ...rest);
    if (request !== maker || !parent?.filename?.endsWith(asking)) return loaded;
    return { ...loaded, serializeFunction: quickly(loaded.serializeFunction) };
  };

  const quickly = (serializeFunction) => async (factory, options) => {
    const handler = providers.get(factory());
    if (handler !== undefined && Object.hasOwn(kept, handler)) return { text: kept[handler], containsSecrets: false };
    const serialized = await serializeFunction(factory, options);
    if (handler !== undefined && !serialized.containsSecrets) made[handler] = serialized.text;
    return serialized;
  };

  process.once("exit", () => {
    if (Object.keys(made).length > 0) write(file, made);
  });
  return hasTexts;
}

/** Texts by the path of the handler; none where the file was never written, or cut short. */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

function write(file, made) {
  try {
    mkdirSync(folder, { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify({ ...read(file), ...made }));
    renameSync(unfinished, file);
  } catch {
    // No room, or somebody else's folder: every process makes its own.
  }
}

module.exports = { keepTexts };
