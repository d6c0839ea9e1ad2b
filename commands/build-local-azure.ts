import path from "node:path";
import { note, print, runCommand } from "../stack/command";
import { projectFolder } from "../stack/project";
import { buildLocalAzure } from "./build-local-azure/build";

/**
 * `npm run build:local-azure [-- <folder>]`: the rehearsal service as an npm package of its own, compiled; `npm pack <folder>` makes its
 * archive. Default folder: local-azure/dist, which is emptied first.
 */
runCommand(async ([folder = path.join(projectFolder, "local-azure", "dist")]) => {
  note(`Compiling local-azure to ${folder} ...`);
  await buildLocalAzure(folder);
  print(`Built. "npm pack ${path.relative(process.cwd(), folder) || "."}" makes the archive.`);
  return 0;
});
