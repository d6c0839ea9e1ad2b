// Preloaded into every Node process that pulumi starts for one of our commands (NODE_OPTIONS): the one that runs dynamic providers loads
// its packages with their compiled code, and its handlers from their bundle without tsx, which needs a process of esbuild. With plain
// `pulumi`, which starts that process by itself, all is the same but slower.
"use strict";
const { isMainThread } = require("node:worker_threads");

const inProvider = /[\\/]cmd[\\/]dynamic-provider[\\/]/.test(process.argv[1] ?? "");
if (inProvider && isMainThread) {
  require("./code-cache").useCodeCache("provider", { killed: true });
  require("./lazy-packages").loadLazily({ texts: false });
  const { nameSourceLines, replaceSourceMapSupport } = require("./stack-traces");
  replaceSourceMapSupport();
  nameSourceLines(require("./bundle").folder);
  require("./handlers").replaceTsx();
}
