import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { writeAtomically } from "../../../datasets/cache/write-atomically";
import { temporaryFolder } from "../../support/temporary-folder";

const folder = () => temporaryFolder("write-atomically");

it("makes the folders that are missing", async () => {
  const file = path.join(folder(), "a", "b", "c.json");
  expect(await writeAtomically(file, "text")).toBe(true);
  expect(readFileSync(file, "utf8")).toBe("text");
});

it("says so, and nothing worse, where no folder can be made", async () => {
  const inTheWay = path.join(folder(), "file");
  writeFileSync(inTheWay, "");
  expect(await writeAtomically(path.join(inTheWay, "a", "c.json"), "text")).toBe(false);
  // Linux's takes no folder from anybody and calls that ENOENT; elsewhere it is a place below the file in the way.
  const closed = existsSync("/proc") ? "/proc" : inTheWay;
  expect(await writeAtomically(path.join(closed, "none", "a", "c.json"), "text")).toBe(false);
});
