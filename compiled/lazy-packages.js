// Plain Node without dependencies: what Pulumi's SDK loads at its start for work that few processes do waits until somebody asks for it.
// That is more than half of the files, npm's resolver of packages among them.
"use strict";
const Module = require("node:module");
const path = require("node:path");

/** Packages by the file of the SDK that requires them. */
const closures = path.join("@pulumi", "pulumi", "runtime", "closure", "codePaths.js");
const shim = path.join("@pulumi", "pulumi", "typescript-shim.js");
/** For archives of a function's packages, as cloud functions need them. */
const archives = { [closures]: ["@npmcli/arborist", "normalize-package-data", "fdir"] };
/** For traces of its own calls, which `--tracing` asks for. */
const tracing = {
  [path.join("@pulumi", "pulumi", "cmd", "run", "tracing.js")]: [
    ...["@opentelemetry/resources", "@opentelemetry/sdk-trace-base", "@opentelemetry/exporter-zipkin"],
    ...["@opentelemetry/instrumentation-grpc", "@opentelemetry/sdk-trace-node", "@opentelemetry/instrumentation"],
  ],
};
/** For programs that run pulumi themselves. */
const automation = { [path.join("@pulumi", "pulumi", "index.js")]: ["./automation"] };
/** For texts of functions, which are made where dynamic resources are declared and not where they are served. */
const texts = { [shim]: ["typescript"] };

/**
 * From now on this process loads those packages when they are used.
 *
 * @param {{ texts: boolean }} use - `texts`: the process makes texts of functions
 */
function loadLazily(use) {
  const lazy = Object.entries({ ...archives, ...tracing, ...(use.texts ? {} : { ...texts, ...automation }) });
  const load = Module._load;
  Module._load = function (request, parent, ...rest) {
    const from = parent?.filename ?? "";
    const waits = lazy.some(([file, names]) => names.includes(request) && from.endsWith(file));
    return waits
      ? whenUsed(() => load.call(this, request, parent, ...rest))
      : load.call(this, request, parent, ...rest);
  };
}

/** Stands for what a CommonJS module exports, as TypeScript's `import * as` and `import ... from` read it. */
function whenUsed(load) {
  let exported;
  const all = () => (exported ??= load());
  return new Proxy(
    {},
    {
      get(_, name) {
        if (name === "__esModule") return true;
        return name === "default" && !all().__esModule ? all() : all()[name];
      },
      has: (_, name) => name in all(),
    },
  );
}

module.exports = { loadLazily };
