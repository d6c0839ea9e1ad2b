// `npm run test:quick [-- --changed | Jest's arguments]`: the unit tests that need this process alone, without those that start a browser,
// a command line tool or another process, and without those that talk to a rehearsal service, which take two thirds of the time.
// `--changed`: only those that a change since the last commit concerns; then, and with `--testPathPatterns`, those with a service are among them.
"use strict";
const { existsSync, readdirSync, readFileSync } = require("node:fs");
const path = require("node:path");
const { run } = require("jest");
const config = require("../jest.config.js");

const root = path.dirname(__dirname);
const otherPrograms = /from "node:child_process"|launchChromium|@pulumi\/policy/;
const rehearsalService =
  /from "(?:[./]+\/support\/rehearsal|local-azure\/testing|[./]+\/src\/(?:testing|index|service\/server))"/;
const args = process.argv.slice(2).map((word) => (word === "--changed" ? "--onlyChanged" : word));
const chooses = args.some((word) => /^--(onlyChanged|testPathPatterns?)\b/.test(word));

const testFolder = path.join(path.sep, "test", path.sep);
/** Helpers that a test imports, from its own folder and from others of tests. */
function helpersOf(file, text) {
  return [...text.matchAll(/ from "(\.\.?\/[^"]+)"/g)]
    .map(([, name]) => path.join(path.dirname(file), `${name}.ts`))
    .filter((helper) => helper.includes(testFolder) && existsSync(helper));
}

function isLeftOut(file) {
  const text = readFileSync(file, "utf8");
  const helpers = helpersOf(file, text).map((helper) => ({
    own: path.dirname(helper) === path.dirname(file),
    text: readFileSync(helper, "utf8"),
  }));
  const startsOthers = [text, ...helpers.filter(({ own }) => own).map((helper) => helper.text)];
  if (startsOthers.some((one) => otherPrograms.test(one))) return true;
  return !chooses && [text, ...helpers.map((helper) => helper.text)].some((one) => rehearsalService.test(one));
}

const unit = config.projects.find(({ displayName }) => displayName === "unit");
const started = unit.roots
  .map((folder) => folder.replace("<rootDir>", root))
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name)))
  .filter((file) => file.endsWith(".test.ts") && isLeftOut(file));
const exactly = (file) => `^${file.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`;

const project = {
  ...unit,
  rootDir: root,
  // Sources too, or Jest wouldn't know which test a changed one concerns.
  roots: ["<rootDir>"],
  testPathIgnorePatterns: [...unit.testPathIgnorePatterns, ...started.map(exactly)],
};
const quick = { ...config, rootDir: root, projects: [project] };
void run(["--config", JSON.stringify(quick), ...args]);
