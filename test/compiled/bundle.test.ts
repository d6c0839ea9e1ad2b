import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { temporaryFolder } from "../support/temporary-folder";

const project = path.resolve(__dirname, "../..");
/** A small project with the real builder and loader. */
const sources: Record<string, string> = {
  "index.ts": 'import { greet } from "./lib/greet";\nconst name: string = "you";\nconsole.log(greet(name));\n',
  "lib/greet.ts": [
    'import { readFileSync } from "node:fs";',
    'import path from "node:path";',
    "interface Unused { a: 1 }",
    "export function greet(name: string): string {",
    '  if (process.argv.includes("fail")) throw new Error("greeting failed");',
    '  return readFileSync(path.join(__dirname, "word.txt"), "utf8") + name;',
    "}",
    "",
  ].join("\n"),
  "lib/word.txt": "Hello, ",
  "tsconfig.json": JSON.stringify({ compilerOptions: { target: "ES2022", useDefineForClassFields: false } }),
  "dynamic-providers/runtime/late-bound.ts": "export const late = () => 1;\n",
};

let root: string;
function makeProject(packages?: string): string {
  const folder = realpathSync(temporaryFolder("compiled"));
  for (const [name, text] of Object.entries(sources)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  cpSync(path.join(project, "compiled"), path.join(folder, "compiled"), { recursive: true });
  if (packages) {
    symlinkSync(packages, path.join(folder, "node_modules"));
  } else {
    mkdirSync(path.join(folder, "node_modules"));
    for (const name of ["esbuild", "tsx"])
      symlinkSync(path.join(project, "node_modules", name), path.join(folder, "node_modules", name));
    writeFileSync(path.join(folder, "node_modules", ".package-lock.json"), "{}");
  }
  return folder;
}
beforeEach(() => {
  root = makeProject();
});

function node(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { stdout, stderr, status };
}
const build = () =>
  expect(node("-e", 'require("./compiled/build").buildBundle("index")')).toEqual({ stdout: "", stderr: "", status: 0 });
/** Whether a process that starts now would run the bundle. */
const isFresh = () => node("-p", 'require("./compiled/bundle").findBundle("index") !== undefined').stdout === "true\n";
const run = (...args: string[]) => node("-r", "./compiled/register.js", "./index.ts", ...args);

describe("a program", () => {
  it("runs without a bundle, and from it, with the files beside its sources", () => {
    expect([isFresh(), run().stdout]).toEqual([false, "Hello, you\n"]);
    build();
    expect([isFresh(), run().stdout]).toEqual([true, "Hello, you\n"]);
    writeFileSync(path.join(root, "lib/word.txt"), "Bye, ");
    expect(run().stdout).toBe("Bye, you\n");
  });

  it("names the lines of its sources where it fails", () => {
    build();
    const { stderr, status } = run("fail");
    expect(status).toBe(1);
    expect(stderr).toMatch(/greet\.ts:5:\d+/);
    expect(stderr).toMatch(/index\.ts:3:\d+/);
  });

  it("runs today's sources: a changed file, or another set of packages, makes the bundle old", () => {
    build();
    writeFileSync(path.join(root, "lib/greet.ts"), sources["lib/greet.ts"]!.replace("+ name", '+ "all"'));
    expect([isFresh(), run().stdout]).toEqual([false, "Hello, all\n"]);
    build();
    expect([isFresh(), run().stdout]).toEqual([true, "Hello, all\n"]);
    writeFileSync(path.join(root, "node_modules/.package-lock.json"), '{"packages":{}}');
    expect(isFresh()).toBe(false);
  });

  it("runs in a second checkout from the same bundle, as long as the sources are the same", () => {
    build();
    root = makeProject(path.join(root, "node_modules"));
    writeFileSync(path.join(root, "lib/word.txt"), "Ciao, ");
    expect([isFresh(), run().stdout]).toEqual([true, "Ciao, you\n"]);
    writeFileSync(path.join(root, "index.ts"), "console.log(2);\n");
    expect([isFresh(), run().stdout]).toEqual([false, "2\n"]);
  });

  it("is compiled with its own options, also in the folder of another project", () => {
    writeFileSync(
      path.join(root, "index.ts"),
      "class Clock {\n  readonly start = this.now();\n  constructor(private readonly now: () => number) {}\n}\nconsole.log(new Clock(() => 5).start);\n",
    );
    const elsewhere = realpathSync(temporaryFolder("elsewhere"));
    writeFileSync(path.join(elsewhere, "tsconfig.json"), sources["tsconfig.json"]!.replace("false", "true"));
    const { stdout } = spawnSync(
      process.execPath,
      ["-r", path.join(root, "compiled/register.js"), path.join(root, "index.ts")],
      { cwd: elsewhere, encoding: "utf8" },
    );
    expect(stdout).toBe("5\n");
  });

  it("runs where the bundle was cut short", () => {
    build();
    const folder = path.join(root, "node_modules/.cache/azure-openai-finetune/bundles");
    writeFileSync(path.join(folder, "index.json"), '{"sources":["index.ts"');
    expect(run().stdout).toBe("Hello, you\n");
  });

  it("keeps a handful of bundles", () => {
    for (const word of ["a", "b", "c", "d", "e", "f"]) {
      writeFileSync(path.join(root, "index.ts"), `console.log("${word}");\n`);
      build();
    }
    const folder = path.join(root, "node_modules/.cache/azure-openai-finetune/bundles");
    expect(readdirSync(folder).filter((name) => /^index-.*\.js$/.test(name))).toHaveLength(4);
    expect([isFresh(), run().stdout]).toEqual([true, "f\n"]);
  });
});

it("a provider has the text that tsx gives it, which states hold", () => {
  root = project;
  const print = [
    "const print = ({ lateBound }) => {",
    '  const provider = lateBound("dynamic-providers/dataset/handler.ts");',
    '  return require("@pulumi/pulumi").runtime.serializeFunction(() => provider).then(({ text }) => console.log(text));',
    "};",
  ].join("\n");
  const throughTsx = `${print} require("tsx/cjs"); print(require("./dynamic-providers/runtime/late-bound.ts"));`;
  const fromBundle = `${print}
    const { buildBundle } = require("./compiled/build"), { folder } = require("./compiled/bundle");
    buildBundle("index").then((file) => {
      const [name] = /late-bound-[0-9a-f]+/.exec(require("node:fs").readFileSync(file, "utf8"));
      return print(require(folder + "/" + name));
    });`;
  const { stdout } = node("-e", fromBundle);
  expect(stdout).toContain('tsx.require(project+"dynamic-providers/run-handler.ts",project)');
  expect(stdout).toBe(node("-e", throughTsx).stdout);
});
