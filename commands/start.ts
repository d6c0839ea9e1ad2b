import pc from "picocolors";
import { note, runCommand, UserError } from "../stack/command";
import { doneSummary } from "./plan/done";
import { previewOfEvents } from "./preview-summary/preview-events";
import { problemsOf } from "./preview-summary/problems";
import { findingsOf } from "./preview-summary/summary";
import { recoverStack } from "../stack/recovery/recover-stack";
import { places, rehearsalPlace, rehearsalStack } from "../stack/rehearsal/folder";
import { findInterruption } from "../stack/rehearsal/interruption";
import { type Rehearsal, withRehearsal } from "../stack/rehearsal/rehearsal";
import { settingsFiles } from "../stack/rehearsal/stack-settings";
import { nextLines, summary } from "./plan/outcome";
import { exportStack } from "../stack/target";
import { columnsOf } from "../stack/terminal/wrap";
import { readUpEvents, resourceChanges } from "../stack/up-events";

/** `npm start`: the whole pipeline on this machine, from dataset to chat answer, on the program that runs against Azure. */
runCommand(async () => {
  console.log(pc.bold("Rehearsal of the whole pipeline on this machine: no Azure account, no cost."));
  return withRehearsal(async (rehearsal) => {
    console.log(`Watch it live: ${rehearsal.livePage}`);
    await repairAfterInterruption(rehearsal);
    const { code } = await rehearsal.pulumi([
      "up",
      "--yes",
      "--skip-preview",
      "--suppress-outputs",
      "--event-log",
      places.events,
    ]);
    if (code !== 0) {
      const { errors } = previewOfEvents(readUpEvents(places.events));
      const stopped = problemsOf(errors, new Date()).length > 0;
      const first = stopped ? " Do what the error above says first; then" : "";
      console.error(
        `\nThe run did not complete. What was created is kept.${first} ${pc.cyan("npm start")} continues from there.`,
      );
      return code;
    }
    const events = readUpEvents(places.events);
    const changes = resourceChanges(events) ?? {};
    const state = await exportStack({ stack: rehearsalStack, pulumi: rehearsal.pulumi });
    const columns = columnsOf(process.stdout);
    const done = doneSummary(findingsOf(previewOfEvents(events), new Date()), columns, "npm run local -- preview");
    console.log(`\n${summary(state, changes, columns)}\n\n${done}\n\n${nextLines(state)}`);
    return 0;
  });
});

async function repairAfterInterruption({ pulumi, env }: Rehearsal): Promise<void> {
  const { runningProcess, staleLock, pendingOperations, damagedState } = findInterruption();
  if (runningProcess !== undefined) {
    throw new UserError(
      `another command is changing this stack (process ${runningProcess}). Run npm start again when it has ended.`,
    );
  }
  if (!staleLock && pendingOperations === 0 && !damagedState) return;
  note(
    `The last run was interrupted${damagedState ? " and left a damaged state file" : ""}. Repairing the stack first (npm run recover) ...`,
  );
  await recoverStack({ ...rehearsalPlace, settingsFile: settingsFiles().used, env, pulumi });
}
