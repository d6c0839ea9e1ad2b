import { lstatSync } from "node:fs";
import { CommanderError } from "commander";

/**
 * Before a command writes the file that `--out` names.
 *
 * @param command - its name
 * @param say - writes to the terminal
 * @throws CommanderError with exit code 2 where there is one, or a link
 */
export function refuseExisting(path: string, command: string, say: (text: string) => void): void {
  if (!lstatSync(path, { throwIfNoEntry: false })) return;
  const message = `'${path}' exists and will not be overwritten. Choose another file with --out.`;
  say(`error: ${message}\n`);
  throw new CommanderError(2, `${command}.exists`, message);
}
