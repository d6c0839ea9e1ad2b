import { readFileSync } from "node:fs";
import path from "node:path";

let compiled: WebAssembly.Module | undefined;

/** The kernel, compiled once per process. Worker threads get it with everything that V8 has optimized in it so far. */
export function kernelModule(): WebAssembly.Module {
  return (compiled ??= new WebAssembly.Module(readFileSync(path.join(__dirname, "kernel.wasm"))));
}

/** Takes the module that another thread has compiled. */
export function useKernelModule(module: WebAssembly.Module): void {
  compiled = module;
}
