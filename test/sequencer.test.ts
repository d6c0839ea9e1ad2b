import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { temporaryFolder } from "./support/temporary-folder";

interface Test {
  path: string;
  context: object;
}

/* eslint-disable-next-line @typescript-eslint/no-require-imports -- plain JavaScript, as Jest loads it */
const Sequencer = require("./sequencer.js") as new () => { sort(tests: Test[]): Test[] };

/** Sorts files, given with their steps and the seconds that an earlier run took. */
function sorted(files: { file: string; steps: number; seconds?: number }[]): string[] {
  const folder = temporaryFolder("sequencer");
  const times: Record<string, [number, number]> = {};
  const context = {
    config: { id: "id", cache: true, cacheDirectory: folder, rootDir: folder },
    hasteFS: { getSize: (file: string) => path.basename(file).length },
  };
  const tests = files.map(({ file, steps, seconds }) => {
    const name = path.join(folder, file);
    mkdirSync(path.dirname(name), { recursive: true });
    writeFileSync(name, "await step();\n".repeat(steps));
    if (seconds !== undefined) times[name] = [1, seconds * 1000];
    return { path: name, context };
  });
  const sequencer = new Sequencer();
  Object.assign(sequencer, { _cache: new Map([[context, times]]) });
  return sequencer.sort(tests).map((test) => path.relative(folder, test.path));
}

it("end-to-end tests come first, and where none was measured the one with the most steps", () => {
  const files = [
    { file: "unit/long-name.test.ts", steps: 90 },
    { file: "e2e/a.test.ts", steps: 3 },
    { file: "e2e/bb.test.ts", steps: 7 },
    { file: "unit/short.test.ts", steps: 1 },
  ];
  expect(sorted(files)).toEqual(["e2e/bb.test.ts", "e2e/a.test.ts", "unit/long-name.test.ts", "unit/short.test.ts"]);
});

it("one that was not measured stands where its steps put it among those that were", () => {
  const files = [
    { file: "e2e/a.test.ts", steps: 3, seconds: 10 },
    { file: "e2e/b.test.ts", steps: 1, seconds: 90 },
    { file: "e2e/c.test.ts", steps: 2 },
    { file: "e2e/d.test.ts", steps: 9 },
  ];
  expect(sorted(files)).toEqual(["e2e/d.test.ts", "e2e/b.test.ts", "e2e/c.test.ts", "e2e/a.test.ts"]);
});

it("where all were measured, the longest comes first", () => {
  const files = [
    { file: "unit/x.test.ts", steps: 1, seconds: 99 },
    { file: "e2e/a.test.ts", steps: 9, seconds: 20 },
    { file: "e2e/b.test.ts", steps: 1, seconds: 40 },
    { file: "unit/y.test.ts", steps: 1, seconds: 120 },
  ];
  expect(sorted(files)).toEqual(["e2e/b.test.ts", "e2e/a.test.ts", "unit/y.test.ts", "unit/x.test.ts"]);
});
