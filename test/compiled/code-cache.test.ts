import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { temporaryFolder } from "../support/temporary-folder";

const project = path.resolve(__dirname, "../..");
/** As much source as makes a cache worth writing. */
const padding = `// ${"-".repeat(400_000)}\n`;
/** What the program loads: CommonJS with every kind of start that Node takes, and an ES module. */
const packages: Record<string, string> = {
  "greeter/package.json": '{"main":"lib/index.js"}',
  "greeter/lib/index.js": [
    "#!/usr/bin/env node",
    `${padding}exports.greet = (name) => require("./word") + name;`,
    'exports.fail = () => { throw new Error("greeting failed"); };',
    'exports.places = () => [__filename, require.resolve("./word"), module.parent.filename];',
    'exports.later = require("./later");',
    "// import(x) in a comment, `import(x)`, are not calls",
    'exports.words = ["import(x)", /(import(x))/, { import: String }.import(1), { import(x) {} }];',
    "",
  ].join("\n"),
  "greeter/lib/word.js": '\uFEFFmodule.exports = "Hello, ";',
  "greeter/lib/later.js": 'module.exports = () => import("modern");',
  "greeter/lib/evaluated.js": 'module.exports = (0, eval)("u=>import(u)");',
  "modern/package.json": '{"type":"module","exports":"./index.js"}',
  "modern/index.js": 'export const word = "Bye, ";\n',
};
const program = `require("./compiled/code-cache").useCodeCache("commands/greet");
const { greet, fail, places, later } = require("greeter");
console.log(greet("you"));
if (process.argv[2] === "places") console.log(JSON.stringify(places()));
if (process.argv[2] === "fail") fail();
if (process.argv[2] === "later") later().then(({ word }) => console.log(word));
if (process.argv[2] === "later") require("greeter/lib/evaluated")("node:path").then(({ sep }) => console.log(sep));
`;

let root: string;
const inPackages = (name: string) => path.join(root, "node_modules", name);
function put(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
function node(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { stdout, stderr, status };
}
const run = (...args: string[]) => node("greet.js", ...args);
const caches = () => readdirSync(inPackages(".cache/azure-openai-finetune/code")).sort();
const cacheFile = () => inPackages(`.cache/azure-openai-finetune/code/${caches()[0]}`);

/** Another text of the same size and time: who prints it hasn't used the cache. */
function replaceUnseen(name: string, from: string, to: string): void {
  const { atime, mtime } = statSync(inPackages(name));
  writeFileSync(inPackages(name), readFileSync(inPackages(name), "utf8").replace(from, to));
  utimesSync(inPackages(name), atime, mtime);
}

beforeEach(() => {
  root = realpathSync(temporaryFolder("code-cache"));
  cpSync(path.join(project, "compiled"), path.join(root, "compiled"), { recursive: true });
  put(path.join(root, "greet.js"), program);
  put(inPackages(".package-lock.json"), "{}");
  for (const [name, text] of Object.entries(packages)) {
    put(inPackages(name), text);
    utimesSync(inPackages(name), 1_000, 1_000);
  }
});

describe("a process of a kind", () => {
  it("writes what it loaded, and the next one loads that", () => {
    expect(run()).toEqual({ stdout: "Hello, you\n", stderr: "", status: 0 });
    expect(caches()).toEqual([expect.stringMatching(/^commands~greet-[0-9a-f]{32}\.bin$/)]);
    replaceUnseen("greeter/lib/word.js", "Hello", "Ciao!");
    const written = statSync(cacheFile()).mtimeMs;
    expect(run()).toEqual({ stdout: "Hello, you\n", stderr: "", status: 0 });
    expect(statSync(cacheFile()).mtimeMs).toBe(written);
  });

  it.each(["without", "with"])("%s a cache, modules know where they are and who asked for them", (which) => {
    if (which === "with") run();
    const [, places] = run("places").stdout.split("\n");
    expect(JSON.parse(places!)).toEqual([
      inPackages("greeter/lib/index.js"),
      inPackages("greeter/lib/word.js"),
      path.join(root, "greet.js"),
    ]);
  });

  it.each(["without", "with"])("%s a cache, an error names its line and column", (which) => {
    if (which === "with") run();
    expect(run("fail").stderr).toContain(`${inPackages("greeter/lib/index.js")}:4:30`);
  });

  it.each(["without", "with"])("%s a cache, CommonJS imports an ES module", (which) => {
    if (which === "with") run();
    expect(run("later")).toEqual({ stdout: "Hello, you\n/\nBye, \n", stderr: "", status: 0 });
  });
});

describe("what has changed since is loaded as it is now", () => {
  it("a file of another size or time", () => {
    run();
    writeFileSync(inPackages("greeter/lib/word.js"), 'module.exports = "Good evening, ";');
    expect(run().stdout).toBe("Good evening, you\n");
    replaceUnseen("greeter/lib/word.js", "evening", "morning");
    expect(run().stdout).toBe("Good morning, you\n");
    utimesSync(inPackages("greeter/lib/index.js"), 1, 1);
    expect(run().stdout).toBe("Good morning, you\n");
    // Written anew, with what came from the old one.
    replaceUnseen("greeter/lib/word.js", "morning", "evening");
    expect(run().stdout).toBe("Good morning, you\n");
  });

  it("another set of packages", () => {
    run();
    put(inPackages(".package-lock.json"), '{"packages":{}}');
    replaceUnseen("greeter/lib/word.js", "Hello", "Ciao!");
    expect(run().stdout).toBe("Ciao!, you\n");
    expect(caches()).toHaveLength(2);
    put(inPackages(".package-lock.json"), '{"packages":{"greeter":{}}}');
    run();
    expect(caches()).toHaveLength(2);
  });

  it("other options of Node that V8's code depends on", () => {
    run();
    expect(node("--stack-size=900", "greet.js").stdout).toBe("Hello, you\n");
    expect(caches()).toHaveLength(2);
  });
});

it.each([
  ["cut short", (file: string) => truncateSync(file, 1_000)],
  ["empty", (file: string) => truncateSync(file, 0)],
  ["of something else", (file: string) => writeFileSync(file, "\u0005\0\0\0[1,2]")],
])("a cache that is %s is none, and is written again", (_, damage) => {
  run();
  const { size } = statSync(cacheFile());
  damage(cacheFile());
  expect(run()).toEqual({ stdout: "Hello, you\n", stderr: "", status: 0 });
  expect(statSync(cacheFile()).size).toBe(size);
});

it("a few lines are not worth a cache", () => {
  put(inPackages("greeter/lib/index.js"), packages["greeter/lib/index.js"]!.replace(padding, ""));
  expect(run().stdout).toBe("Hello, you\n");
  expect(() => caches()).toThrow("ENOENT");
});

it("without packages nothing is kept, and nothing fails", () => {
  put(path.join(root, "greet.js"), 'require("./compiled/code-cache").useCodeCache("x"); console.log(1);');
  put(
    path.join(root, "elsewhere.js"),
    'process.chdir("/"); require("node:fs").rmSync(__dirname + "/node_modules", { recursive: true });',
  );
  node("elsewhere.js");
  expect(run()).toEqual({ stdout: "1\n", stderr: "", status: 0 });
});

it.each([
  [true, "known"],
  [false, "unknown"],
])("with texts of functions: %s, V8's own syntax, which Pulumi's SDK turns on, is %s", (texts, expected) => {
  const sdk = path.join(project, "node_modules/@pulumi/pulumi/runtime/closure/v8Hooks.js");
  const syntax = 'try { new Function("%DebugPrint()"); console.log("known"); } catch { console.log("unknown"); }';
  const code = `require("./compiled/code-cache").useCodeCache("commands/greet", { texts: ${texts} }); require("${sdk}"); ${syntax}`;
  expect(node("-e", code)).toEqual({ stdout: `${expected}\n`, stderr: "", status: 0 });
});
