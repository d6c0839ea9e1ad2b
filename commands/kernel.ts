import path from "node:path";
import { runCommand } from "../stack/command";
import { compileKernel } from "./kernel/compile";
import { projectFolder } from "../stack/project";

/**
 * `npm run kernel`: compiles the inner loops of the dataset checks to datasets/kernel/kernel.wasm, which is kept in the repository, so
 * that nothing has to be compiled where it runs.
 */
runCommand(() => {
  compileKernel(path.join(projectFolder, "datasets", "kernel", "kernel.wasm"));
  return Promise.resolve(0);
});
