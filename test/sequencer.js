// The order in which Jest starts test files. The end-to-end tests come first, since they take longest and mostly wait; among them, and among
// the others, the longest comes first. Where no run has measured them, as in a fresh clone, the one with the most steps counts as longest.
"use strict";
const { readFileSync } = require("node:fs");
const path = require("node:path");

// Jest's own, which its packages find.
const jestFolder = path.dirname(require.resolve("jest/package.json"));
const { default: Sequencer } = require(require.resolve("@jest/test-sequencer", { paths: [jestFolder] }));

const isEndToEnd = ({ path: file }) => file.includes(`${path.sep}e2e${path.sep}`);
const steps = ({ path: file }) => readFileSync(file, "utf8").split(/\bawait\b/).length;

class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)];
    const endToEnd = sorted.filter(isEndToEnd);
    if (endToEnd.some(({ duration }) => duration === undefined)) endToEnd.sort((a, b) => steps(b) - steps(a));
    return [...endToEnd, ...sorted.filter((test) => !isEndToEnd(test))];
  }
}

module.exports = LongestFirst;
