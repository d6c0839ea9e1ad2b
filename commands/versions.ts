import { Command } from "commander";
import { print, runCommand } from "../stack/command";
import { withTarget } from "../stack/target";
import { type Register, registersOf } from "./versions/registers";
import { versionsTable } from "./versions/versions-table";

/** `npm run versions`: the models that a stack keeps, newest first. */
runCommand(async (args) => {
  const options = new Command("npm run versions --")
    .exitOverride()
    .description("Lists the trained models that the stack keeps: going back to one of them trains and costs nothing.")
    .option("-s, --stack <name>", "stack; default: the selected one, else the rehearsal's")
    .option("--json", "as JSON")
    .parse(args, { from: "user" })
    .opts<{ stack?: string; json?: boolean }>();
  return withTarget(options.stack, async (target) => {
    const registers = await registersOf(target);
    if (options.json) {
      print(JSON.stringify(asData(registers), undefined, 2));
    } else {
      print(versionsTable(registers));
      print(`To serve another one: npm run rollback -- --to <version>${named(options.stack)}. Nothing is trained.`);
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

function named(stack: string | undefined): string {
  return stack === undefined ? "" : ` --stack ${stack}`;
}
