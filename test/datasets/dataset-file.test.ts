import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { DatasetFile } from "../../datasets/dataset-file";
import { temporaryFolder } from "../support/temporary-folder";

it.each([
  ["a folder", tmpdir()],
  ["a device", "/dev/null"],
])("refuses %s", async (_, path) => expect(await DatasetFile.open(path)).toContain("is a folder, a pipe or a device"));

it("refuses a pipe, and does not wait for somebody to write into it", async () => {
  const pipe = path.join(temporaryFolder("dataset-file"), "pipe");
  execFileSync("mkfifo", [pipe]);
  expect(await DatasetFile.open(pipe)).toContain("a pipe");
});
