import pc from "picocolors";
import { rehearsalStack } from "../rehearsal/folder";
import { findInterruption, type Interruption } from "../rehearsal/interruption";
import { exportStack, type Target } from "../target";
import { isDamaged } from "./repair-state";
import { stackReference } from "./stack-reference";
import { stateFolder } from "./state-folder";

/**
 * After a failed command: whether an earlier run was cut off, so that the failure is only its consequence.
 *
 * @returns the sentence that says so and what to do; undefined when nothing was cut off, or another command is at work right now
 */
export function cutOffSentence(
  { runningProcess, staleLock, pendingOperations, damagedState = false }: Interruption,
  stack: string = rehearsalStack,
): string | undefined {
  if (runningProcess !== undefined || (!staleLock && pendingOperations === 0 && !damagedState)) return undefined;
  const signs = [
    ...(damagedState ? ["its state file is damaged"] : []),
    ...(staleLock ? ["its lock was left behind"] : []),
    ...(pendingOperations > 0 ? [`${pendingOperations} operation${pendingOperations > 1 ? "s" : ""} did not end`] : []),
  ];
  const way = stack === rehearsalStack ? "npm run recover" : `npm run recover -- --stack ${stack}`;
  return `An earlier run on this stack was cut off (${signs.join(", ")}). Mend the stack with ${pc.cyan(way)}, then run the same command again: it goes on from there.`;
}

/** Prints the sentence, if there is one. Locks are seen on the rehearsal's stack alone; of others pulumi itself names them. */
export async function sayIfCutOff(target: Pick<Target, "stack" | "pulumi" | "env">): Promise<void> {
  const sentence = cutOffSentence(await interruptionOf(target), target.stack);
  if (sentence) console.error(`\n${sentence}`);
}

async function interruptionOf(target: Pick<Target, "stack" | "pulumi" | "env">): Promise<Interruption> {
  if (target.stack === rehearsalStack) return findInterruption();
  const folder = await stateFolder(target);
  if (folder && isDamaged(folder, stackReference(target.stack))) {
    return { staleLock: false, pendingOperations: 0, damagedState: true };
  }
  const { deployment } = await exportStack(target);
  return { staleLock: false, pendingOperations: deployment.pending_operations?.length ?? 0 };
}
