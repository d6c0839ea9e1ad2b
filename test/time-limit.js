// A unit test has 10 s, and longer only where the machine has other work for its processors. Jest takes one limit for all projects from its
// configuration, and the end-to-end tests need more. Tests and hooks that start browsers or other programs name their own limit.
"use strict";
const { availableParallelism, loadavg } = require("node:os");

jest.setTimeout(Math.round(10_000 * Math.max(1, loadavg()[0] / availableParallelism())));
