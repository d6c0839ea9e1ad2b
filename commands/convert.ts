import { CommanderError } from "commander";
import { runCommand } from "../stack/command";
import { convertCommand } from "./convert/command";

/** Exit code for an invalid command line. */
const USAGE = 2;

// Ends through `exit`, where a half-written file is removed.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

runCommand(async (args) => {
  try {
    return await convertCommand(args, process.stdout, process.stderr);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : USAGE;
  }
});
