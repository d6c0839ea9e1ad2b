import path from "node:path";

/** The checkout: the folder of Pulumi.yaml. Separate from project.ts, whose YAML parser takes 40 ms to load. */
export const projectFolder = path.dirname(__dirname);

/** What node is given to run a TypeScript file of the checkout (`node -r`): from its bundle, or through tsx. */
export const typescriptLoader = path.join(projectFolder, "compiled", "register.js");
