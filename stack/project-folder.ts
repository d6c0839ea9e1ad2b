import path from "node:path";

/** The checkout: the folder of Pulumi.yaml. Separate from project.ts, whose YAML parser takes 40 ms to load. */
export const projectFolder = path.dirname(__dirname);
