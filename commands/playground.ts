import { statSync } from "node:fs";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import type { PlaygroundRun } from "../playground/main";
import { runCommand, UserError } from "../stack/command";
import { namedFile } from "../stack/named-file";
import { projectFolder } from "../stack/project";
import { modelOption, type StackOptions, withStackOptions } from "../stack/stack-options";
import { runScript, withTarget } from "../stack/target";

interface Options extends StackOptions {
  model?: string;
  port?: number;
  saveTo?: string;
  open: boolean;
}

/** `npm run playground`: a page on this machine to talk to the deployed model of a stack and to read its training report. */
runCommand(async (args) => {
  const program = withStackOptions(new Command("npm run playground --"))
    .exitOverride()
    .description(
      "Opens a page for chatting with the deployed model. The page can be reached only from this machine, and Azure credentials are never sent to the browser.",
    )
    .option(...modelOption)
    .option("-p, --port <number>", "port on 127.0.0.1; default: 4180, or any free port if 4180 is taken", readPort)
    .option("--save-to <folder>", "folder in which conversations are saved as examples; default: the project's folder")
    .option("--no-open", "print the address without opening a browser")
    .parse(args, { from: "user" });
  const { model, port, open, saveTo: saveFolder, ...named } = program.opts<Options>();
  const saveTo = saveFolder === undefined ? (named.cwd ?? projectFolder) : namedFile(saveFolder);
  if (!statSync(saveTo, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError(`--save-to is ${saveTo}, which is not a folder. Create it first, or choose another one.`);
  return withTarget(named, async ({ stack, folder, env }) => {
    const run: PlaygroundRun = { stack, folder, model, port, saveTo: path.resolve(saveTo), open };
    return runScript(path.join(projectFolder, "playground", "main.ts"), [JSON.stringify(run)], env, { folder });
  });
});

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
}
