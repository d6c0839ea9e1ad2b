import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const root = path.resolve(__dirname, "../..");

/** Preloaded by node (`-r`), it starts a TypeScript file of the checkout from its bundle, and through tsx where there is none. */
export const bundleLoader = path.join(root, "compiled/register.js");

/**
 * Has files bundled that a test starts as processes of their own: each then takes a third of the processor time that it takes through tsx.
 *
 * @param entries - paths from the checkout, without `.ts`
 */
export async function provideBundles(...entries: string[]): Promise<void> {
  const script = `require("./compiled/provide").provideBundles(...process.argv.slice(1))`;
  await promisify(execFile)(process.execPath, ["-e", script, ...entries], { cwd: root });
}
