import path from "node:path";
import { runCommand } from "../stack/command";
import { projectFolder } from "../stack/project";
import { rehearsalStack } from "../stack/rehearsal/folder";
import { runScript, withTarget } from "../stack/target";

/** `npm run screenshots`: takes the pictures in docs/screenshots of the rehearsal stack, which `npm start` has made. */
runCommand(() =>
  withTarget({ stack: rehearsalStack }, ({ env }) => {
    const folder = path.join(projectFolder, "docs", "screenshots");
    return runScript(path.join(__dirname, "screenshots", "take.ts"), [folder], env);
  }),
);
