import { execFileSync } from "node:child_process";
import { projectFolder } from "../../stack/project";

/**
 * Compiles datasets/kernel/assembly with AssemblyScript. The same sources give the same bytes on every machine.
 *
 * @throws Error when it doesn't compile; the compiler has printed why.
 */
export function compileKernel(outFile: string): void {
  const compiler = require.resolve("assemblyscript/bin/asc.js");
  const options = ["-O3", "--noAssert", "--runtime", "stub", "--memoryBase", "1024", "--enable", "simd"];
  const args = [compiler, "datasets/kernel/assembly/index.ts", ...options, "--outFile", outFile];
  execFileSync(process.execPath, args, { cwd: projectFolder, stdio: ["ignore", "inherit", "inherit"] });
}
