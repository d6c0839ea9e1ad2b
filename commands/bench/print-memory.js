// Loaded into a process before its program: prints the peak of its resident memory at the end, threads included.
"use strict";
const { isMainThread } = require("node:worker_threads");
if (isMainThread) {
  process.on("exit", () => {
    require("node:fs").writeSync(2, `peak memory ${process.resourceUsage().maxRSS} KB\n`);
  });
}
