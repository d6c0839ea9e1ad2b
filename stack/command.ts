import { inspect } from "node:util";
import { CommanderError } from "commander";
import pc from "picocolors";
import { AzureFailure } from "../azure-openai/failure";
import { printable } from "../azure-openai/printable-text";
import { systemError } from "../azure-openai/system-error";
import { columnsOf, wrap } from "./terminal/wrap";

/** A mistake or missing prerequisite that the reader can fix: shown as a sentence, without a stack trace. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** A command line that is not understood; ends a command with exit code 2. */
export class UsageError extends UserError {}

/** Exit code for a command line that is not understood, of every command. */
const USAGE = 2;

/**
 * Runs a command to its exit code. A command line that commander (with `exitOverride`) or a UsageError refuses ends it
 * with 2. A UserError, or a refusal by Azure or by the system (a full disk), ends it with its message and exit code 1;
 * anything else is a defect in this project and keeps its stack trace.
 */
export function runCommand(main: (args: string[]) => Promise<number>): void {
  // Inside a promise, so that what `main` throws synchronously is handled too.
  Promise.resolve()
    .then(() => main(process.argv.slice(2)))
    .then(
      (code) => {
        process.exitCode = code;
      },
      (error: unknown) => {
        if (error instanceof CommanderError) {
          // Commander has printed it; help and version are no mistakes.
          process.exitCode = error.exitCode === 0 ? 0 : USAGE;
          return;
        }
        const sentence =
          error instanceof UserError || error instanceof AzureFailure ? error.message : systemError(error);
        const shown = sentence && onStderr(`${pc.red("error:")} ${printable(sentence)}`);
        console.error(shown ?? printable(inspect(error)));
        process.exitCode = error instanceof UsageError ? USAGE : 1;
      },
    );
}

/** A line about what the command is doing, on stderr: stdout is for the result. */
export function note(line: string): void {
  process.stderr.write(`${pc.dim(onStderr(printable(line)))}\n`);
}

/** A line of the command's result. Foreign names and texts in it cannot steer the terminal. */
export function print(line: string): void {
  console.log(wrap(printable(line), columnsOf(process.stdout)));
}

function onStderr(text: string): string {
  return wrap(text, columnsOf(process.stderr));
}
