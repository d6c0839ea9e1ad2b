"use strict";

/** The rooms of the house and the rooms that each may import; `npm run lint` holds every import to it, those of types too. */
const mayImport = {
  format: [],
  catalog: [],
  "azure-openai": [],
  graders: [],
  datasets: ["catalog", "graders"],
  "blob-storage": ["azure-openai", "datasets"],
  "dynamic-providers": ["azure-openai", "blob-storage", "catalog", "datasets", "evaluation", "graders"],
  program: ["azure-openai", "catalog", "dynamic-providers"],
  components: ["azure-openai", "catalog", "datasets", "dynamic-providers", "program"],
  config: ["catalog", "components", "datasets", "dynamic-providers"],
  policy: ["azure-openai", "catalog", "datasets", "dynamic-providers"],
  evaluation: ["azure-openai", "catalog", "datasets", "graders"],
  stack: ["azure-openai", "dynamic-providers", "local-azure", "compiled"],
  report: ["azure-openai", "blob-storage", "catalog", "datasets", "dynamic-providers", "evaluation", "stack"],
  playground: ["azure-openai", "catalog", "datasets", "dynamic-providers", "report", "stack"],
  "live-page": ["local-azure", "report"],
  "npm-package": ["components", "dynamic-providers", "program"],
  compiled: [],
  "local-azure": ["graders"],
};

/** How amounts, durations and counts are written, and names compared; anybody may import it. */
const everybodys = ["format"];
const house = [...Object.keys(mayImport), "commands"].join("|");

/** Imports against the direction, each with its reason. */
const exceptions = {
  "dynamic-providers": [
    "^compiled/handlers\\.js$", // Handlers run from their bundle.
    "^npm-package/handlers\\.ts$", // The package's providers load its handlers.
  ],
};

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "Put what both need into a file of its own.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...Object.entries(mayImport).map(([room, rooms]) => ({
      name: `imports-of-${room}`,
      comment: `${room} may import ${rooms.join(", ") || "nothing of the house"}: .dependency-cruiser.js has the table.`,
      severity: "error",
      from: { path: `^${room}/`, pathNot: "^local-azure/test/" },
      to: {
        path: `^(${house})/`,
        pathNot: [`^(${[room, ...everybodys, ...rooms].join("|")})/`, ...(exceptions[room] ?? [])],
      },
    })),
    {
      name: "nothing-imports-tests",
      severity: "error",
      from: { pathNot: "^(local-azure/)?test/" },
      to: { path: "^(local-azure/)?test/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "(^|/)node_modules/" },
    exclude: { path: "(^|/)(node_modules|dist)/|^(template|docs|datasets/kernel/assembly)/" },
  },
};
