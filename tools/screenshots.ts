import path from "node:path";
import { runCommand } from "./command";
import { projectFolder } from "./project";
import { rehearsalStack } from "./rehearsal/folder";
import { runScript, withTarget } from "./target";

/** `npm run screenshots`: takes the pictures in docs/screenshots of the rehearsal stack, which `npm start` has made. */
runCommand(() =>
  withTarget(rehearsalStack, ({ env }) => {
    const folder = path.join(projectFolder, "docs", "screenshots");
    return runScript(path.join(__dirname, "screenshots", "take.ts"), [folder], env);
  }),
);
