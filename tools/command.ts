import { inspect } from "node:util";
import pc from "picocolors";
import { AzureFailure } from "../azure-openai/failure";
import { printable } from "../azure-openai/printable-text";

/** A mistake or a missing thing that the reader can mend: shown as a sentence, without a stack trace. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/**
 * Runs a command to its exit code. A UserError, or Azure's refusal, ends it with its message and exit code 1; anything else
 * is a defect of this project and keeps its stack trace.
 */
export function runCommand(main: (args: string[]) => Promise<number>): void {
  // Inside a promise, what `main` throws before its first wait is an answer like any other.
  Promise.resolve()
    .then(() => main(process.argv.slice(2)))
    .then(
      (code) => {
        process.exitCode = code;
      },
      (error: unknown) => {
        const explained = error instanceof UserError || error instanceof AzureFailure;
        console.error(explained ? `${pc.red("error:")} ${printable(error.message)}` : printable(inspect(error)));
        process.exitCode = 1;
      },
    );
}

/** A line about what the command is doing, on stderr, so that stdout stays the command's result. */
export function report(line: string): void {
  process.stderr.write(`${pc.dim(printable(line))}\n`);
}

/** A line of the command's result. Names and texts of others in it can't steer the terminal. */
export function print(line: string): void {
  console.log(printable(line));
}
