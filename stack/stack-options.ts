import type { Command } from "commander";
import { namedFile } from "./named-file";

/** Which stack a command is about, as a person names it. */
export interface StackOptions {
  stack?: string;
  /** Folder of another Pulumi project. */
  cwd?: string;
  /** Whether `stack` is one of the rehearsal's. */
  local?: boolean;
}

/** What `--model` means for a command that is about one of several. */
export const modelOption = [
  "-m, --model <name>",
  "which model to use if there are several: the name of its component or of one of its deployments",
] as const;

/** Adds `--stack`, and pulumi's own `--cwd`, to a command that works on stacks of any program that has the components. */
export function withStackOptions(program: Command): Command {
  return program
    .option(
      "-s, --stack <name>",
      "name of the stack; default: the selected stack, or the rehearsal's if none is selected",
    )
    .option(
      "-l, --local",
      "with --stack: a stack that was rehearsed on this machine (npm run local -- up --stack <name>)",
    )
    .option(
      "-C, --cwd <folder>",
      "folder of the Pulumi project that the stack belongs to, if that is another project (one that uses the package azure-openai-finetune)",
      (folder: string) => namedFile(folder),
    );
}
