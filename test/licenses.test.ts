import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { projectFolder } from "../stack/project-folder";

/** Licences that let the project be used, changed and passed on under its own (MIT), with at most a notice kept. SPDX names. */
const accepted = new Set([
  ...[
    "MIT",
    "ISC",
    "0BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "Python-2.0",
    "PSF-2.0",
    "CC0-1.0",
  ],
]);
/** Packages whose licence no SPDX name of that list says, each read by a person. */
const read: Record<string, string> = {
  "@logdna/tail-file": "SEE LICENSE IN LICENSE", // The file is the MIT licence.
  elkjs: "EPL-2.0", // Lays out the diagrams while the site is built; no part of the site.
  "spdx-exceptions": "CC-BY-3.0", // A list of names, unchanged; comes with @pulumi/pulumi.
};

interface Entry {
  license?: string;
  dev?: boolean;
  link?: boolean;
}

/** Each package that is installed for those who use the stack: name and licence. */
function shipped(lockFile: string): [string, string | undefined][] {
  const { packages } = JSON.parse(readFileSync(path.join(projectFolder, lockFile), "utf8")) as {
    packages: Record<string, Entry>;
  };
  return Object.entries(packages)
    .filter(([place, { dev, link }]) => place.includes("node_modules/") && !dev && !link)
    .map(([place, { license }]) => [place.split("node_modules/").at(-1)!, license]);
}

/** `MIT`, `(MIT OR GPL-3.0)`, `(BSD-3-Clause AND Apache-2.0)`: of alternatives one is enough, of a sum all are needed. */
function accepts(expression: string): boolean {
  const parts = expression.replace(/[()]/g, "");
  return parts.split(" OR ").some((choice) => choice.split(" AND ").every((name) => accepted.has(name.trim())));
}

describe.each(["package-lock.json", "docs/site/package-lock.json"])("%s", (lockFile) => {
  it("has packages of accepted licences alone", () => {
    const packages = shipped(lockFile);
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([name, license = "none"]) => !accepts(license) && (read[name] ?? "") !== license)).toEqual(
      [],
    );
  });
});

it("a licence that wants the source of changes is not accepted", () => {
  expect(["GPL-3.0", "(MIT AND LGPL-2.1)", "UNLICENSED", "none"].filter(accepts)).toEqual([]);
  expect(["(MIT OR GPL-3.0)", "(BSD-3-Clause AND Apache-2.0)"].filter(accepts)).toHaveLength(2);
});
