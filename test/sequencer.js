// The order in which Jest starts test files. The end-to-end tests come first, since they take longest and mostly wait; among them, and among
// the others, the longest comes first. One that no run has measured, as in a fresh clone none is, takes as long as its steps in the others do.
"use strict";
const { readFileSync } = require("node:fs");
const path = require("node:path");

// Jest's own, which its packages find.
const jestFolder = path.dirname(require.resolve("jest/package.json"));
const { default: Sequencer } = require(require.resolve("@jest/test-sequencer", { paths: [jestFolder] }));

const isEndToEnd = ({ path: file }) => file.includes(`${path.sep}e2e${path.sep}`);
const steps = ({ path: file }) => readFileSync(file, "utf8").split(/\bawait\b/).length;

/** How long each should take: as it did, or by its steps. */
function expectedTimes(tests) {
  const measured = tests.filter(({ duration }) => duration !== undefined);
  const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
  const perStep = measured.length > 0 ? sum(measured.map(({ duration }) => duration)) / sum(measured.map(steps)) : 1;
  return new Map(tests.map((test) => [test, test.duration ?? steps(test) * perStep]));
}

class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)];
    const endToEnd = sorted.filter(isEndToEnd);
    if (endToEnd.some(({ duration }) => duration === undefined)) {
      const expected = expectedTimes(endToEnd);
      endToEnd.sort((a, b) => expected.get(b) - expected.get(a));
    }
    return [...endToEnd, ...sorted.filter((test) => !isEndToEnd(test))];
  }
}

module.exports = LongestFirst;
