import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { madeBefore, makeForLater } from "./made-once";
import { temporaryFolder } from "./temporary-folder";

const VARIABLE = "TESTS_MADE_ONCE";
const ofThisRun = process.env[VARIABLE];
let folder: string;
beforeEach(() => {
  folder = temporaryFolder("made-once");
  process.env[VARIABLE] = folder;
});
afterEach(() => {
  if (ofThisRun === undefined) delete process.env[VARIABLE];
  else process.env[VARIABLE] = ofThisRun;
});

const write = (text: string) => (into: string) => writeFileSync(path.join(into, "text"), text);
const text = () => readFileSync(path.join(madeBefore("thing")!, "text"), "utf8");

it("what is made first is there for all later ones", async () => {
  expect(madeBefore("thing")).toBeUndefined();
  await makeForLater("thing", write("first"));
  await makeForLater("thing", () => Promise.reject(new Error("made twice")));
  expect(text()).toBe("first");
});

it("of two at the same time the first to end counts, and nothing of the other is left", async () => {
  await makeForLater("thing", async (slow) => {
    write("slow")(slow);
    const { pid } = process;
    Object.defineProperty(process, "pid", { value: pid + 1, configurable: true });
    await makeForLater("thing", write("quick"));
    Object.defineProperty(process, "pid", { value: pid, configurable: true });
  });
  expect(text()).toBe("quick");
  expect(readdirSync(folder)).toEqual(["thing"]);
});

it("where no run has made the folder, nothing is kept", async () => {
  delete process.env[VARIABLE];
  await makeForLater("thing", () => Promise.reject(new Error("for nobody")));
  expect(madeBefore("thing")).toBeUndefined();
});
