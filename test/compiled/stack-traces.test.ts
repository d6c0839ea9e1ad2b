import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { temporaryFolder } from "../support/temporary-folder";

const project = path.resolve(__dirname, "../..");
const bundles = "node_modules/.cache/azure-openai-finetune/bundles";
/** One line of the bundle stands for line 12 of a source; of the compiled file, for line 34. */
const maps = { bundle: "AAWA", compiled: "AAiCA" };
const fails = (source: string, map: string) => ({
  code: `exports.fail = () => new Error("no").stack;\n//# sourceMappingURL=${map}`,
  map: JSON.stringify({
    version: 3,
    sources: [source],
    names: [],
    mappings: map.startsWith("b") ? maps.bundle : maps.compiled,
  }),
});

let root: string;
beforeEach(() => {
  root = realpathSync(temporaryFolder("stack-traces"));
  mkdirSync(path.join(root, bundles), { recursive: true });
  for (const name of ["@pulumi", "source-map-support", "source-map", "buffer-from"])
    symlinkSync(path.join(project, "node_modules", name), path.join(root, "node_modules", name));
  cpSync(path.join(project, "compiled"), path.join(root, "compiled"), { recursive: true });
  const put = (name: string, { code, map }: ReturnType<typeof fails>) => {
    writeFileSync(path.join(root, name), code);
    writeFileSync(path.join(root, `${name}.map`), map);
  };
  put(path.join(bundles, "b.js"), fails("../../../../greet.ts", "b.js.map"));
  put("compiled.js", fails("transforms.ts", "compiled.js.map"));
});

/** What the lines print, where Pulumi's process has asked for source-map-support. */
function run(code: string, env: NodeJS.ProcessEnv = {}): string[] {
  const start = `
    const traces = require("./compiled/stack-traces");
    traces.replaceSourceMapSupport();
    traces.nameSourceLines(require("node:path").resolve("${bundles}"));
    require("source-map-support/register");
    const mapper = () => Object.keys(require.cache).some((file) => file.endsWith("source-map-support.js"));
    const bundle = require("./${bundles}/b.js"), compiled = require("./compiled.js");`;
  const file = path.join(root, "node_modules", "start.js");
  writeFileSync(file, start.replaceAll('"./', '"../') + code);
  const { stdout, stderr } = spawnSync(process.execPath, [file], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

describe("in Pulumi's processes", () => {
  it("a bundle's frames name lines of the sources, and a package's its own, without source-map-support", () => {
    const [first, second, third, loaded] = run("console.log(bundle.fail()); console.log(mapper());").filter(
      (line) => !line.includes("node:internal"),
    );
    expect(first).toBe("Error: no");
    expect(second).toMatch(/ at .*greet\.ts:12:\d+\)?$/);
    expect(third).toMatch(/start\.js:\d+:\d+/);
    expect(loaded).toBe("false");
  });

  it("those of any other file are mapped by source-map-support, as without us, and a bundle's stay as they are", () => {
    const lines = run("console.log(compiled.fail()); console.log(mapper()); console.log(bundle.fail());");
    const traces = lines.filter((line) => !line.includes("node:internal"));
    expect(traces[1]).toMatch(/transforms\.ts:34:\d+/);
    expect(traces[3]).toBe("true");
    expect(traces[5]).toMatch(/greet\.ts:12:\d+/);
  });
});

describe("the traces that Pulumi's SDK takes of its promises", () => {
  const promise = `
    Error.stackTraceLimit = 7;
    traces.skipPromiseTraces();
    const promise = Promise.resolve(1);
    const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable");
    debuggablePromise(promise, "one").then((value) =>
      console.log(value, Error.stackTraceLimit, promise._debugCtx, promise._debugStackTrace.split("\\n").length > 1));`;

  it("stay empty, and the limit of all others is as before", () => {
    expect(run(promise)).toEqual(["1 7 one false"]);
  });

  it("are taken where promises that never end are looked for", () => {
    expect(run(promise, { PULUMI_DEBUG_PROMISE_LEAKS: "true" })).toEqual(["1 7 one true"]);
  });
});
