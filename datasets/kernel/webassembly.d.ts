// What the kernel needs of the global WebAssembly, which TypeScript declares only together with a browser's whole window.
declare namespace WebAssembly {
  /** Compiled code; threads can hand it to each other. */
  class Module {
    constructor(bytes: Uint8Array);
  }

  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, (...values: number[]) => void>>);
    readonly exports: object;
  }

  interface Memory {
    readonly buffer: ArrayBuffer;
    /** By pages of 64 KiB. @throws RangeError beyond 4 GiB */
    grow(pages: number): number;
  }

  interface Global {
    readonly value: number;
  }
}
