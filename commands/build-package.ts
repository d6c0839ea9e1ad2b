import path from "node:path";
import { note, print, runCommand } from "../stack/command";
import { projectFolder } from "../stack/project";
import { buildPackage } from "./build-package/build";

/**
 * `npm run build:package [-- <folder>]`: the npm package of the components, compiled; `npm pack <folder>` makes its archive. Default folder:
 * dist, which is emptied first.
 */
runCommand(([folder = path.join(projectFolder, "dist")]) => {
  note(`Compiling the package to ${folder} ...`);
  buildPackage(folder);
  print(`Built. "npm pack ${path.relative(process.cwd(), folder) || "."}" makes the archive.`);
  return Promise.resolve(0);
});
