// Node's environment. js-tiktoken is one for all test files of a worker: its tables take half a second and 100 MB to make, and Jest gives each
// file modules of its own. Nothing of it changes once it is made.
"use strict";
const path = require("node:path");

// Jest's own, which its packages find.
const jestFolder = path.dirname(require.resolve("jest/package.json"));
const { TestEnvironment } = require(require.resolve("jest-environment-node", { paths: [jestFolder] }));

const encoders = new WeakMap();

/** js-tiktoken's `lite`, whose encoders are made once for each table. */
function lite() {
  const original = require("js-tiktoken/lite");
  class Tiktoken extends original.Tiktoken {
    constructor(ranks, specialTokens) {
      const known = specialTokens === undefined ? encoders.get(ranks) : undefined;
      if (known) return known;
      super(ranks, specialTokens);
      if (specialTokens === undefined) encoders.set(ranks, this);
    }
  }
  return { ...original, Tiktoken };
}

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.packageOfWorker = (name) => (name === "js-tiktoken/lite" ? lite() : require(name));
  }
};
