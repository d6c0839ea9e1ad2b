import path from "node:path";
import { Command } from "commander";
import { note, print, runCommand, UsageError, UserError } from "../stack/command";
import { projectFolder, readProjectFile } from "../stack/project";
import { printInterruptionNotice } from "../stack/recovery/interruption-notice";
import { type StackOptions, withStackOptions } from "../stack/stack-options";
import { isRehearsal, type Target, upCommand, withTarget } from "../stack/target";
import { parseCommandLine } from "../stack/pulumi-cli/flags";
import { cloudCommands, rehearsalCommands } from "./plan/next-commands";
import { runWithSummary, thisTerminal } from "./plan/run";
import { type Goal, goalOf } from "./rollback/goal";
import { setVersion } from "./rollback/version-setting";
import { whatFollows } from "./rollback/what-follows";
import { type Register, registersOf } from "./versions/registers";

/** `npm run rollback [-- --to N]`: serves an earlier version again, by the setting `deploy.version`. */
runCommand(async (args) => {
  const { to, yes, ...named } = withStackOptions(new Command("npm run rollback --"))
    .exitOverride()
    .description(
      "Returns to an earlier version: sets `deploy.version`, shows the preview, asks for confirmation and runs `up`. Nothing is trained, so there is no training cost.",
    )
    .option(
      "-t, --to <version>",
      "a version number, 'previous', or 'current' (the model for the current data and settings; this removes `deploy.version`)",
      "previous",
    )
    .option("-y, --yes", "don't ask")
    .parse(args, { from: "user" })
    .opts<StackOptions & { to: string; yes?: boolean }>();
  if (!yes && !thisTerminal.terminal) {
    throw new UsageError(
      "there is no terminal to ask for confirmation. Add --yes (npm run versions lists what you can go back to)",
    );
  }
  return withTarget(named, async (target) => {
    const registers = await registersOf(target);
    if (registers.length > 1) {
      const names = registers.map(({ name }) => name).join(", ");
      throw new UserError(
        `the stack has several models (${names}). In your program, set the \`version\` of one of them`,
      );
    }
    const [register] = registers as [Register];
    const goal = goalOf(register, to);
    if (target.folder !== projectFolder) throw new UserError(inItsOwnProgram(goal, target));
    const { code, changed } = await serve(goal, target, yes === true);
    if (!changed) note(`${path.basename(target.settingsFile)} was left unchanged.`);
    // The run may have entered another model, and what serves is known by it alone.
    else if (code === 0) print(whatFollows(goal, target, (await registersOf(target))[0]!));
    return code;
  });
});

/** @returns `changed`: whether an `up` has run or begun; otherwise the settings are as they were */
async function serve(goal: Goal, target: Target, yes: boolean): Promise<{ code: number; changed: boolean }> {
  const putBack = setVersion(target.settingsFile, readProjectFile().name, goal.pin);
  let begun = false;
  const pulumi: Target["pulumi"] = (args, output) => {
    begun ||= parseCommandLine(args).command === "up";
    return target.pulumi(args, output);
  };
  const next = isRehearsal(target) ? rehearsalCommands : cloudCommands;
  const around = { ...thisTerminal, pulumi, env: target.env, next };
  try {
    let code = yes ? await runWithSummary(["preview"], around) : 0;
    if (code === 0) code = await runWithSummary(yes ? ["up", "--yes", "--skip-preview"] : ["up"], around);
    if (code !== 0 && begun) await printInterruptionNotice(target);
    return { code, changed: begun };
  } finally {
    if (!begun) putBack();
  }
}

/** The setting is one of this project: another program says in its own code which version serves. */
function inItsOwnProgram({ pin }: Goal, target: Target): string {
  const change =
    pin === undefined ? "remove the model's `deploy.version`" : `set the model's \`deploy.version\` to ${pin}`;
  return `the program in ${target.folder} has no settings file that this command can change. In the program, ${change}, then run ${upCommand(target)}`;
}
