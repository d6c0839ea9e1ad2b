import type { Kernel } from "../kernel/kernel";

/** Kinds of pattern that a text might hold: see findings.ts, and kernel/assembly/secrets.ts, which finds them. */
export const MAY_HOLD_KEY = 1;
export const MAY_HOLD_ASSIGNMENT = 2;
export const MAY_HOLD_ADDRESS = 4;
export const MAY_HOLD_NUMBER = 8;

/** Kinds of pattern that a text might hold, so that the regular expressions run on few texts. 0 for none. */
export function kindsOfSecrets(kernel: Kernel, text: string): number {
  return kernel.exports.kindsOfSecrets(kernel.source, kernel.putText(text));
}
