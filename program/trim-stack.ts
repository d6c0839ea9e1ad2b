import { printableError } from "../azure-openai/printable-text";

/**
 * Text of a service in an error can't steer the terminal. Takes those frames out of an error's stack that Node 20 needs
 * twelve seconds to print: `util.inspect` with colours, by which Pulumi reports every failure of a program, loops over
 * a path that ends right after a scope, and the source map of Pulumi's SDK gives one
 * (`node_modules/@pulumi/resource.ts`).
 */
export function trimStack(error: unknown): unknown {
  if (error instanceof Error) printableError(error);
  if (error instanceof Error && error.stack) {
    error.stack = error.stack
      .split("\n")
      .filter((frame) => !/node_modules[\\/]@[^\\/]+[\\/][^\\/]+$/.test(frame))
      .join("\n");
  }
  return error;
}
