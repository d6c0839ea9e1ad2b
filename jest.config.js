// Unit and integration tests of the stack and of local-azure; `test/e2e` drives the real Pulumi CLI and runs alone.
"use strict";
const { availableParallelism } = require("node:os");

const transform = {
  "^.+\\.(t|j)s$": [
    "@swc/jest",
    {
      jsc: {
        parser: { syntax: "typescript" },
        target: "es2022",
        // As tsconfig.json: a class field without initializer must not wipe what super() has set.
        transform: { useDefineForClassFields: false },
      },
      module: { type: "commonjs" },
      sourceMaps: "inline",
    },
  ],
};
const shared = {
  setupFilesAfterEnv: ["<rootDir>/test/support/command-matchers.ts"],
  transform,
  testEnvironment: "<rootDir>/test/worker/environment.js",
  moduleNameMapper: { "^js-tiktoken/(lite|ranks/(?:o200k|cl100k)_base)$": "<rootDir>/test/worker/$1.js" },
  // Elsewhere each use of it crosses from the test's context to its global object: loops of arithmetic took up to 50 times as long.
  sandboxInjectedGlobals: ["Math"],
  moduleFileExtensions: ["ts", "js", "json", "node"],
};

module.exports = {
  coverageProvider: "v8",
  // Of the end-to-end tests; unit tests have 10 s (test/time-limit.js).
  testTimeout: 240_000,
  // The end-to-end tests wait for a third of their time: more workers than processors leave none idle. Jest takes no more than 100%.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testSequencer: "<rootDir>/test/sequencer.js",
  // Each test file leaves some 10 MB behind in its worker; with 2 GB of it, tests that allocate much were seen to take several times as long.
  workerIdleMemoryLimit: "1GB",
  projects: [
    {
      ...shared,
      displayName: "unit",
      roots: ["<rootDir>/test", "<rootDir>/local-azure/test"],
      globalSetup: "<rootDir>/test/global-setup.ts",
      setupFilesAfterEnv: [...shared.setupFilesAfterEnv, "<rootDir>/test/time-limit.js"],
      testMatch: ["**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/e2e/"],
    },
    {
      ...shared,
      displayName: "e2e",
      roots: ["<rootDir>/test/e2e"],
      globalSetup: "<rootDir>/test/e2e/global-setup.ts",
      testMatch: ["**/*.test.ts"],
    },
  ],
};
