import path from "node:path";

/** The checkout: the folder of Pulumi.yaml. Apart from project.ts, whose reader of YAML takes 40 ms to load. */
export const projectFolder = path.dirname(__dirname);
