// Preloaded where a process starts with a TypeScript file, as Pulumi's program does (`nodeargs` in Pulumi.yaml): it runs from its bundle
// if that is made of today's sources, and through tsx if not. No build step is ever needed; the commands of package.json build what is
// missing.
"use strict";
const { findBundle, fromRoot, loadBundle } = require("./bundle");

require.extensions[".ts"] = (module, filename) => {
  const bundle = findBundle(fromRoot(filename).slice(0, -".ts".length));
  if (bundle) {
    module.exports = loadBundle(bundle);
    return;
  }
  delete require.extensions[".ts"];
  require("tsx/cjs");
  require.extensions[".ts"](module, filename);
};
