/** What Windows answers while another program (a virus scanner, an indexer, an editor) holds a file open for a moment. */
const BUSY = new Set(["EPERM", "EACCES", "EBUSY"]);

/** Waits between the attempts, in milliseconds: half a second in all, longer than a scanner keeps a small file. */
const PAUSES_MS = [5, 10, 20, 40, 80, 160, 200];

/** Replaced in tests. */
export interface Machine {
  platform: NodeJS.Platform;
  /** Blocks for some milliseconds. */
  pause: (milliseconds: number) => void;
}

const thisMachine: Machine = {
  platform: process.platform,
  pause: (milliseconds) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
};

/**
 * Replaces a file, and on Windows tries again while another program holds it open: a rename over such a file fails there, whereas
 * other systems just do it. (npm's graceful-fs does the same, but not for the synchronous rename.)
 *
 * @param replace - the rename, or a write that ends in one
 * @throws what `replace` throws, in the end
 */
export function whileBusy<T>(replace: () => T, machine: Machine = thisMachine): T {
  for (let attempt = 0; ; attempt++) {
    try {
      return replace();
    } catch (error) {
      const busy = machine.platform === "win32" && BUSY.has((error as NodeJS.ErrnoException).code ?? "");
      const wait = PAUSES_MS[attempt];
      if (!busy || wait === undefined) throw error;
      machine.pause(wait);
    }
  }
}
