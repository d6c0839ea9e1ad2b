import { Command } from "commander";
import { print, runCommand } from "../stack/command";
import { projectFolder } from "../stack/project";
import { type StackOptions, withStackOptions } from "../stack/stack-options";
import { stackArguments, type Target, withTarget } from "../stack/target";
import { columnsOf } from "../stack/terminal/wrap";
import { goingBack } from "./versions/going-back";
import { type Register, registersOf } from "./versions/registers";
import { whyRejected } from "./versions/rejected";
import { versionsTable } from "./versions/versions-table";

/** `npm run versions`: the models that a stack keeps, newest first. */
runCommand(async (args) => {
  const options = withStackOptions(new Command("npm run versions --"))
    .exitOverride()
    .description("Lists the stack's trained models. Returning to one of them requires no training and costs nothing.")
    .option("--json", "as JSON")
    .parse(args, { from: "user" })
    .opts<StackOptions & { json?: boolean }>();
  return withTarget(options, async (target) => {
    const registers = await registersOf(target);
    if (options.json) {
      print(JSON.stringify(asData(registers), undefined, 2));
    } else {
      const columns = columnsOf(process.stdout);
      print(versionsTable(registers, columns));
      for (const line of whyRejected(registers, columns)) print(line);
      print(goingBack(registers, goBack(target, options)));
    }
    return 0;
  });
});

/** The versions of one register; of several, each with the name of its own. */
function asData(registers: Register[]): object[] {
  return registers.flatMap(({ name, versions }) =>
    versions.map((version) => (registers.length > 1 ? { register: name, ...version } : version)),
  );
}

/** `npm run rollback` sets a setting of this project: another program says it in its own words. */
function goBack(target: Target, { stack, local }: StackOptions): string {
  if (target.folder !== projectFolder) return "set the model's `deploy.version` in your program, then run pulumi up";
  return [
    "run: npm run rollback -- --to <version>",
    ...(stack === undefined && !local ? [] : stackArguments(target)),
  ].join(" ");
}
