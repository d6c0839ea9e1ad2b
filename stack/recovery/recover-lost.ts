import path from "node:path";
import { print } from "../command";
import { isLiving, logicalName, type StackExport } from "../stack-state";
import { exportStack, type Target } from "../target";
import { isAzureNative } from "./arm-id";
import { askScript } from "../ask-script";
import { earlierStates } from "./earlier-states";
import type { Answer, Question } from "./find-lost";
import { importState, succeed } from "./import-state";
import { lostResources, takeBack } from "./take-back";

/**
 * Adds back to the state what it has lost: an account that was deleted and restored, with its deployments and role assignments, which a
 * refresh or a destroy had dropped; and what is missing from a damaged state. What the state lists but is gone, while the account exists,
 * is refreshed. Only resources that the stack had before count. Safe to repeat.
 *
 * @returns whether anything was changed
 * @throws UserError when pulumi refuses the state
 */
export async function recoverLost(target: Target): Promise<boolean> {
  const { stack, pulumi } = target;
  const state = await exportStack(target);
  const lost = lostResources(state, await earlierStates(target));
  const living = (state.deployment.resources ?? []).some((one) => isAzureNative(one) && isLiving(one));
  if (lost.length === 0 && !living) return false;
  const question: Question = { state, lost };
  const answer = (await askScript<Answer>(path.join(__dirname, "find-lost.ts"), question, target.env))?.answer;
  if (!answer) {
    print(`Stack ${stack}: could not check whether something was deleted or restored; see the message above.`);
    return false;
  }
  const restored = lost.filter(({ resource }) => answer.restored.includes(resource.urn));
  if (restored.length > 0) await importState({ pulumi }, takeBack(state, restored));
  const outdated = [...answer.restored, ...worthReading(state, answer.gone)];
  if (outdated.length === 0) return false;
  const targets = outdated.flatMap((urn) => ["--target", urn]);
  succeed(
    await pulumi(["refresh", "--yes", "--skip-preview", ...targets], "capture"),
    "The state lists everything that exists, but it could not be refreshed",
  );
  if (restored.length > 0) {
    print(
      `Stack ${stack}: restored ${restored.map(({ resource }) => logicalName(resource.urn)).join(", ")}. ` +
        "The next up finds files, job and model by their content; the same data and settings are not trained again.",
    );
  }
  return true;
}

/** Without the account everything is gone. It may still be restored, so the state keeps its entries. */
function worthReading(state: StackExport, gone: string[]): string[] {
  const accounts = (state.deployment.resources ?? []).filter(({ type }) => type.endsWith("cognitiveservices:Account"));
  const accountGone = accounts.some(({ urn }) => gone.includes(urn));
  if (accountGone) {
    print(
      "The account no longer exists. If it was deleted by mistake, restore it (az cognitiveservices account recover ...), then run this command again. " +
        "If not, run pulumi refresh.",
    );
  }
  return accountGone ? [] : gone;
}
