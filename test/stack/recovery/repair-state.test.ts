import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readCheckpoint } from "../../../stack/recovery/checkpoint-file";
import { isDamaged, repairState } from "../../../stack/recovery/repair-state";
import { temporaryFolder } from "../../support/temporary-folder";

const dev = { project: "project", name: "dev" };
let folder: string;
beforeEach(() => {
  folder = path.join(temporaryFolder("backend"), ".pulumi");
});

const resources = ["account", 'a "quoted\\\\" ]} name', "deployment"].map((name) => ({
  urn: `urn:pulumi:dev::project::type::${name}`,
  type: "type",
  inputs: { tags: ["[", name], nested: { text: '"}' } },
}));
const state = (count: number) =>
  JSON.stringify(
    { version: 3, checkpoint: { stack: "dev", latest: { resources: resources.slice(0, count) } } },
    null,
    4,
  );

function write(name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

describe.each(["stacks/project/dev.json", "stacks/dev.json"])("a damaged %s", (name) => {
  it.each([
    ["cut off", state(3).slice(0, 300)],
    ["empty", ""],
    ["of zeros", "\0".repeat(4096)],
    ["null", "null"],
    ["a list", "[]"],
    ["of another kind", '{"version":3,"checkpoint":7}'],
  ])("that is %s is replaced by the copy beside it, and kept", (_name, content) => {
    const file = write(name, content);
    write(`${name}.attrs`, '{"md5":"x"}');
    const copy = write(`${name}.bak`, state(2));
    write("history/project/dev/dev-2.checkpoint.json", state(1));
    expect(isDamaged(folder, dev)).toBe(true);
    expect(repairState(folder, dev)).toMatchObject({
      incomplete: false,
      message: expect.stringContaining(`was replaced by ${copy}`),
    });
    expect(readFileSync(file, "utf8")).toBe(state(2));
    expect(readFileSync(`${file}.damaged`, "utf8")).toBe(content);
    expect(existsSync(`${file}.attrs`)).toBe(false);
    expect(repairState(folder, dev)).toBeUndefined();
  });
});

it("where the copy is damaged too, the newest of history and backups is taken, whatever the length of its time", () => {
  const file = write("stacks/project/dev.json", "");
  write("stacks/project/dev.json.bak", state(3).slice(0, 99));
  write("history/project/dev/dev-999.checkpoint.json", state(1));
  write("history/project/dev/dev-1001.history.json", "{}");
  write("history/project/dev/dev-1002.checkpoint.json", "{");
  write("history/project/other/other-5000.checkpoint.json", state(3));
  const newest = write("backups/project/dev/dev.1000.json", state(2));
  expect(repairState(folder, dev)?.message).toContain(newest);
  expect(readFileSync(file, "utf8")).toBe(state(2));
});

it("a compressed state is read, and stays compressed", () => {
  const whole = gzipSync(state(2));
  const file = write("stacks/project/dev.json.gz", whole.subarray(0, 60));
  write("stacks/project/dev.json.gz.bak", whole);
  expect(isDamaged(folder, dev)).toBe(true);
  repairState(folder, dev);
  expect(gunzipSync(readFileSync(file)).toString()).toBe(state(2));
});

it("without a whole copy nothing is changed, and the message says what to do", () => {
  const file = write("stacks/project/dev.json", "{");
  expect(() => repairState(folder, dev)).toThrow(/no intact copy exists .* put it there/);
  expect(readFileSync(file, "utf8")).toBe("{");
});

it.each([
  ["whole", "stacks/project/dev.json", '{"version":3,"checkpoint":{"stack":"dev","latest":null}}'],
  ["in a form that can't be read here", "stacks/project/dev.json.zst", "??"],
  ["of another stack", "stacks/project/other.json", ""],
])("a state that is %s is left alone", (_name, file, content) => {
  write(file, content);
  write(`${file}.bak`, state(1));
  expect(isDamaged(folder, dev)).toBe(false);
  expect(repairState(folder, dev)).toBeUndefined();
});

it("of a state that breaks off anywhere, the entries before that are told", () => {
  const text = state(3);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
      const checkpoint = readCheckpoint(write("cut.json", text.slice(0, length)));
      if (checkpoint.end !== "damaged") throw new Error(checkpoint.end);
      expect(resources.slice(0, checkpoint.resources.length)).toEqual(checkpoint.resources);
      const complete = resources.filter(({ urn }) => {
        const next = text.indexOf("urn:pulumi", text.indexOf(JSON.stringify(urn).slice(1, -1)) + 1);
        return next !== -1 && next < length;
      });
      expect(checkpoint.resources.length).toBeGreaterThanOrEqual(complete.length);
    }),
    { numRuns: 200 },
  );
});

it("where nothing is whole, what was created first is kept, from the file with the most left", () => {
  const [short, long] = [state(3).slice(0, state(1).length - 30), state(3).slice(0, state(2).length)];
  const file = write("stacks/project/dev.json", short);
  const copy = write("stacks/project/dev.json.bak", long);
  expect(repairState(folder, dev)).toMatchObject({
    incomplete: true,
    message: expect.stringContaining(`its first 2 resources, which are intact in ${copy}`),
  });
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(state(2)));
});
