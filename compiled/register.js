// Preloaded where a process starts with a TypeScript file, as Pulumi's program does (`nodeargs` in Pulumi.yaml): it runs from its bundle
// if that is made of today's sources, and through tsx if not. No build step is ever needed; the commands of package.json build what is
// missing.
"use strict";
const path = require("node:path");
const { findBundle, folder, fromRoot, loadBundle } = require("./bundle");
const { useCodeCache } = require("./code-cache");
const { skipDebugMessages } = require("./debug-messages");
const { keepTexts } = require("./kept-texts");
const { loadLazily } = require("./lazy-packages");
const { nameSourceLines, replaceSourceMapSupport, skipPromiseTraces } = require("./stack-traces");

const main = process.argv[1] ?? "";
const isProgram = /[\\/]cmd[\\/]run[\\/]/.test(main);
if (isProgram) {
  const kept = keepTexts();
  useCodeCache(kept ? "program" : "program~texts", { texts: !kept });
  loadLazily({ texts: !kept });
  replaceSourceMapSupport();
  nameSourceLines(folder);
} else if (main.endsWith(".ts")) {
  useCodeCache(fromRoot(path.resolve(main)).slice(0, -".ts".length), { killed: true });
}

require.extensions[".ts"] = (module, filename) => {
  const bundle = findBundle(fromRoot(filename).slice(0, -".ts".length));
  if (bundle) {
    if (isProgram) {
      skipPromiseTraces();
      skipDebugMessages();
    }
    module.exports = loadBundle(bundle);
    return;
  }
  delete require.extensions[".ts"];
  requireTsx();
  require.extensions[".ts"](module, filename);
};

/** With the checkout's compiler options: tsx would take those of the folder that the process runs in, which may be another project's. */
function requireTsx() {
  const { TSX_TSCONFIG_PATH: given } = process.env;
  process.env.TSX_TSCONFIG_PATH ??= path.join(__dirname, "..", "tsconfig.json");
  require("tsx/cjs");
  if (given === undefined) delete process.env.TSX_TSCONFIG_PATH;
}
