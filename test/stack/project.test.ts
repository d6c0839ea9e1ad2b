import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { readProjectFile } from "../../stack/project";
import { temporaryFolder } from "../support/temporary-folder";

it("a project's file is parsed once for as long as its text is the same", () => {
  const [one, other] = ["one", "other"].map((name) => {
    const folder = temporaryFolder("project");
    writeFileSync(path.join(folder, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
    return folder;
  }) as [string, string];
  const first = readProjectFile(one);
  expect(first.name).toBe("one");
  expect(readProjectFile(one)).toBe(first);
  expect(readProjectFile(other).name).toBe("other");
  expect(readProjectFile(one)).toEqual(first);
  writeFileSync(path.join(one, "Pulumi.yaml"), "name: renamed\n");
  expect(readProjectFile(one)).toEqual({ name: "renamed" });
});
