import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { minVersion, satisfies } from "semver";
import { projectFolder } from "../stack/project";

interface PackageFile {
  engines: { node: string };
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const read = (file: string) => readFileSync(path.join(projectFolder, file), "utf8");
const packageFile = (folder: string) => JSON.parse(read(path.join(folder, "package.json"))) as PackageFile;

it.each([
  ["package-lock.json", 500],
  ["docs/site/package-lock.json", 150],
  ["test/azurite/package-lock.json", 150],
  ["test/clients/node/package-lock.json", 50],
])("every package of %s admits the oldest Node that the project admits", (lockFile, least) => {
  const oldest = minVersion(packageFile("").engines.node)!;
  const { packages } = JSON.parse(read(lockFile)) as {
    packages: Record<string, { engines?: { node?: string } }>;
  };
  const refusing = Object.entries(packages)
    .filter(([, { engines }]) => engines?.node !== undefined && !satisfies(oldest, engines.node))
    .map(([name, { engines }]) => `${name} needs Node ${engines!.node!}`);
  expect(Object.keys(packages).length).toBeGreaterThan(least);
  expect(refusing).toEqual([]);
});

describe("docs/architecture.md says why", () => {
  const table = read("docs/architecture.md").split("## Why these packages")[1]!;
  it.each(["", "graders", "local-azure", "docs/site", "test/azurite", "test/clients/node", "test/clients/promptfoo"])(
    "each package of '%s' is used",
    (folder) => {
      const { dependencies, devDependencies } = packageFile(folder);
      const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith("@types/"));
      expect(names.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
    },
  );
});
