import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, it } from "@jest/globals";
import { temporaryFolder } from "../support/temporary-folder";

const project = path.resolve(__dirname, "../..");
/** The real files of the SDK that require what can wait, with packages that say when they are loaded. */
const ofSdk = ["runtime/closure/codePaths.js", "typescript-shim.js", "cmd/run/tracing.js"];
const tracing = [
  "resources",
  "sdk-trace-base",
  "exporter-zipkin",
  "instrumentation-grpc",
  "sdk-trace-node",
  "instrumentation",
];
const telling = (name: string, exported: string) => `console.log("loaded ${name}"); module.exports = ${exported};`;
const packages: Record<string, string> = {
  "@opentelemetry/api/index.js": "",
  ...Object.fromEntries(
    tracing.map((name) => [`@opentelemetry/${name}/index.js`, telling(name, "{ Resource: class {} }")]),
  ),
  "@pulumi/pulumi/package.json": "{}",
  "@pulumi/pulumi/log/index.js": "",
  "@npmcli/arborist/index.js": telling("arborist", "{ Arborist: class { tree = 'tree'; } }"),
  "normalize-package-data/index.js": telling("normalize", "() => 'normalized'"),
  "fdir/index.js": telling("fdir", "{ fdir: class {} }"),
  "typescript/index.js": telling("typescript", "{ version: '5' }"),
  "upath/index.js": telling("upath", "{}"),
  "@pulumi/pulumi/index.js": "",
  "@pulumi/pulumi/asset/index.js": "",
  "@pulumi/pulumi/errors.js": "",
};

let root: string;
beforeEach(() => {
  root = realpathSync(temporaryFolder("lazy-packages"));
  const put = (name: string, text: string) => {
    const file = path.join(root, "node_modules", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [name, text] of Object.entries(packages)) put(name, text);
  for (const file of ofSdk) {
    const real = path.join(project, "node_modules/@pulumi/pulumi", file);
    cpSync(real, path.join(root, "node_modules/@pulumi/pulumi", file));
  }
  cpSync(path.join(project, "compiled"), path.join(root, "compiled"), { recursive: true });
});

function run(code: string): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", code], { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}
const lazily = (texts: boolean) => `require("./compiled/lazy-packages").loadLazily({ texts: ${texts} });`;

it("the SDK's files load what can wait at once, without lazy loading", () => {
  const loaded = run(ofSdk.map((file) => `require("@pulumi/pulumi/${file}");`).join(""));
  expect(loaded.sort()).toEqual(
    ["arborist", "fdir", "normalize", "typescript", "upath", ...tracing].map((name) => `loaded ${name}`).sort(),
  );
});

it.each([
  [true, ["loaded upath", "loaded typescript"]],
  [false, ["loaded upath"]],
])("where texts of functions are made: %s, they load %j", (texts, expected) => {
  expect(run(lazily(texts) + ofSdk.map((file) => `require("@pulumi/pulumi/${file}");`).join(""))).toEqual(expected);
});

it("the automation API waits for whoever runs pulumi with it, but where texts of functions are made", () => {
  const sdk = JSON.stringify(path.join(project, "node_modules/@pulumi/pulumi"));
  const index = (texts: boolean) =>
    run(
      `${lazily(texts)} const pulumi = require(${sdk}); const loaded = () => require.resolve(${sdk} + "/automation") in require.cache;
       console.log(loaded(), typeof pulumi.automation.LocalWorkspace, loaded());`,
    );
  expect([index(false), index(true)]).toEqual([["false function true"], ["true function true"]]);
});

it("what waits is there for whoever uses it, in each way that TypeScript imports it", () => {
  const [shim] = ofSdk.slice(1);
  expect(
    run(
      `${lazily(false)} const ts = require("@pulumi/pulumi/${shim}"); console.log(ts.version, "nothing" in ts, ts.version);`,
    ),
  ).toEqual(["loaded typescript", "5 false 5"]);
  // codePaths.js has no exports that reach its packages without an engine; these lines are its own ways to import.
  const file = path.join(root, "node_modules/@pulumi/pulumi/runtime/closure/codePaths.js");
  writeFileSync(
    file,
    `const importDefault = (mod) => (mod && mod.__esModule ? mod : { default: mod });
     const importStar = (mod) => { if (mod && mod.__esModule) return mod; throw new Error("copied at once"); };
     const arborist = importStar(require("@npmcli/arborist"));
     const normalize = importDefault(require("normalize-package-data"));
     exports.use = () => [new arborist.Arborist().tree, normalize.default()];`,
  );
  expect(
    run(`${lazily(true)} console.log("used", ...require("@pulumi/pulumi/runtime/closure/codePaths.js").use());`),
  ).toEqual(["loaded arborist", "loaded normalize", "used tree normalized"]);
});

it("whoever else asks for such a package gets it at once", () => {
  expect(run(`${lazily(false)} console.log(require("typescript").version);`)).toEqual(["loaded typescript", "5"]);
});
