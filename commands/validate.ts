import { CommanderError } from "commander";
import { runCommand } from "../stack/command";
import { validateCommand } from "./validate/command";

/** Exit code for an invalid command line. */
const USAGE = 2;

runCommand(async (args) => {
  try {
    return await validateCommand(args, process.stdout, process.stderr);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : USAGE;
  }
});
