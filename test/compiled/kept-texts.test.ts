import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, beforeEach, expect, it, jest } from "@jest/globals";
import { temporaryFolder } from "../support/temporary-folder";

// Each test starts a few processes that load Pulumi's SDK.
jest.setTimeout(60_000);

const project = path.resolve(__dirname, "../..");
const lateBound = "dynamic-providers/runtime/late-bound.ts";
const handler = "dynamic-providers/dataset/handler.ts";
/** Declares two dynamic resources, one with a provider of ours and one with another; prints the text that each is registered with. */
const program = `
  const kept = process.argv.includes("--plain") ? undefined : require("./compiled/kept-texts").keepTexts();
  require("tsx/cjs");
  const pulumi = require("@pulumi/pulumi");
  const { lateBound } = require("./${lateBound}");
  const texts = {};
  pulumi.runtime.setMocks({
    call: ({ inputs }) => inputs,
    newResource: ({ name, inputs }) => { texts[name] = inputs.__provider; return { id: name, state: inputs }; },
  });
  new pulumi.dynamic.Resource(lateBound("${handler}"), "ours", {});
  new pulumi.dynamic.Resource({ create: () => Promise.resolve({ id: "1" }) }, "theirs", {});
  process.once("beforeExit", () => { console.log(JSON.stringify({ kept, ...texts })); process.exit(); });
`;

let root: string;
/** What the SDK makes by itself, what the first run in a checkout says, and the file that it leaves. */
let made: { plain: ReturnType<typeof run>; first: ReturnType<typeof run>; name: string; text: string };
beforeAll(() => {
  enterNewCheckout();
  const [plain, first] = [run("--plain"), run()];
  made = { plain, first, name: path.basename(file()), text: readFileSync(file(), "utf8") };
});
beforeEach(enterNewCheckout);

function enterNewCheckout(): void {
  root = realpathSync(temporaryFolder("kept-texts"));
  mkdirSync(path.join(root, "node_modules"));
  for (const name of ["@pulumi", "tsx", "esbuild", "@esbuild", ".package-lock.json"])
    symlinkSync(path.join(project, "node_modules", name), path.join(root, "node_modules", name));
  for (const name of ["compiled", "tsconfig.json", lateBound])
    cpSync(path.join(project, name), path.join(root, name), { recursive: true });
}

function run(...args: string[]): { kept?: boolean; ours: string; theirs: string } {
  const { stdout, stderr } = spawnSync(process.execPath, ["--no-warnings", "-e", program, "--", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as ReturnType<typeof run>;
}

const folder = () => path.join(root, "node_modules/.cache/azure-openai-finetune/texts");

/** The file that texts are kept in. */
function file(): string {
  const names = readdirSync(folder());
  expect(names).toHaveLength(1);
  return path.join(folder(), names[0]!);
}

/** Puts a file there as an earlier run of the same code left it, with another content. */
function leave(text: string): void {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(path.join(folder(), made.name), text);
}

it("a provider's text is made once, and is what Pulumi's SDK makes of it", () => {
  const { ours, theirs } = made.plain;
  expect(ours).toContain(`handlerFile: "${handler}"`);
  expect(made.first).toEqual({ kept: false, ours, theirs });
  expect(JSON.parse(made.text)).toEqual({ [handler]: ours });
  leave(JSON.stringify({ [handler]: "from the file" }));
  expect(run()).toEqual({ kept: true, ours: "from the file", theirs });
});

it("is made again after its code has changed, and where the file was cut short", () => {
  const { ours } = made.first;
  leave('{"dynamic-prov');
  expect(run()).toMatchObject({ kept: false, ours });
  expect(readFileSync(file(), "utf8")).toBe(made.text);
  const source = readFileSync(path.join(root, lateBound), "utf8");
  writeFileSync(path.join(root, lateBound), source.replace('run("check", [olds, news])', 'run("check", [news, olds])'));
  const changed = run();
  expect(changed).toMatchObject({ kept: false, ours: expect.stringContaining('run("check",[news,olds])') });
  expect(changed.ours).not.toBe(ours);
});

it("Node's inspector is connected before a program only where texts are made", () => {
  const connects = `
    require("./compiled/kept-texts").keepTexts();
    require("./node_modules/@pulumi/pulumi/cmd/run/index.js");
    process.once("exit", () => console.log(require.cache[require.resolve("@pulumi/pulumi/runtime/closure/v8Hooks")] !== undefined));`;
  const connected = () => {
    // Ends at once: the engine that it is told of doesn't answer.
    const args = ["-e", connects, "--", "run", "--monitor=127.0.0.1:1", "--engine=127.0.0.1:1", "missing-program"];
    return spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" }).stdout;
  };
  expect(connected()).toBe("true\n");
  leave(made.text);
  expect(connected()).toBe("false\n");
});
