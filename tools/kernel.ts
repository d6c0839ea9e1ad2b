import { join } from "node:path";
import { runCommand } from "./command";
import { compileKernel } from "./kernel-compiler/compile";
import { projectFolder } from "./project";

/**
 * `npm run kernel`: compiles the inner loops of the dataset checks to datasets/kernel/kernel.wasm, which is kept in the repository, so
 * that nothing has to be compiled where it runs.
 */
runCommand(() => {
  compileKernel(join(projectFolder, "datasets", "kernel", "kernel.wasm"));
  return Promise.resolve(0);
});
