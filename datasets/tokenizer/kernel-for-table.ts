import type { EncodingTable } from "./encoding-table";
import { Kernel } from "../kernel/kernel";

/** Beyond it, a kernel that had to read a very long row is not kept. */
const KEPT_BYTES = 128 << 20;
const kernels = new WeakMap<SharedArrayBuffer, Kernel>();

/** The kernel of this thread for an encoding, ready to count. */
export function kernelFor({ encoding, memory }: EncodingTable): Kernel {
  const known = kernels.get(memory);
  if (known && known.size <= KEPT_BYTES) return known;
  const kernel = new Kernel();
  kernel.bytes.set(new Uint8Array(memory), kernel.exports.TABLE.value);
  kernel.exports.useO200k(encoding === "o200k_base");
  kernels.set(memory, kernel);
  return kernel;
}
