import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { anchorsOf } from "../../commands/docs/anchors";
import { linksOf } from "../../commands/docs/links";
import { readPages } from "../../commands/docs/pages";
import { projectFolder } from "../../stack/project-folder";

const inProject = (file: string) => path.join(projectFolder, file);
const read = (file: string) => readFileSync(inProject(file), "utf8");
const markdownIn = (folder: string) =>
  readdirSync(inProject(folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.posix.join(folder, name));
const files = ["", "docs", "local-azure", "npm-package"].flatMap(markdownIn);
const scripts = Object.keys((JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts);
const exported = Object.keys((JSON.parse(read("local-azure/package.json")) as { exports: object }).exports).map(
  (name) => path.posix.join("local-azure", name),
);
/** What is built and not kept in the repository: it need not be there. */
const built = read(".gitignore")
  .split("\n")
  .map((line) => line.replace(/\/$/, ""));
const rooms = readdirSync(projectFolder).filter(
  (name) => statSync(inProject(name)).isDirectory() && !["node_modules", "coverage", "dist", "data"].includes(name),
);

describe.each(files)("%s", (file) => {
  const markdown = read(file);

  it("links to files and headings that exist", () => {
    const broken = linksOf(markdown).filter(({ file: target, anchor }) => {
      const linked = target === "" ? file : path.posix.join(path.posix.dirname(file), target);
      if (!existsSync(inProject(linked))) return true;
      return anchor !== undefined && !anchorsOf(read(linked)).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it("names npm scripts that exist", () => {
    const named = [...markdown.matchAll(/npm run (?:-s |--silent )*([a-z][\w:-]*)/g)].map(([, script]) => script!);
    expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
  });

  it("names files that exist", () => {
    const named = [...markdown.matchAll(/`([\w.-]+(?:\/[\w.@-]+)+\/?)`/g)]
      .map(([, name]) => name!)
      .filter((name) => rooms.includes(name.split("/")[0]!) && !name.startsWith(".local"));
    const exists = (name: string) =>
      [name, `${name}.ts`, path.posix.join(path.posix.dirname(file), name)].some((each) => existsSync(inProject(each)));
    expect(
      named.filter((name) => !exists(name) && !exported.includes(name) && !built.includes(name.replace(/\/$/, ""))),
    ).toEqual([]);
  });
});

it("each of them is a page of the site, but what is for coding agents alone", () => {
  const pages = readPages();
  expect(pages.map((page) => page.file).sort()).toEqual(files.filter((file) => file !== "AGENTS.md").sort());
  expect(new Set(pages.map((page) => page.route)).size).toBe(pages.length);
});
