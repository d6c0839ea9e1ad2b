import pc from "picocolors";
import { UserError } from "../command";
import { findInterruption, type Interruption } from "../rehearsal/interruption";
import { columnsOf, wrap } from "../terminal/wrap";
import { exportStack, isRehearsal, type NamedTarget, recoverCommand, type Target } from "../target";
import { isDamaged } from "./repair-state";
import { stackReference } from "./stack-reference";
import { stateFolder } from "./state-folder";

/**
 * After a failed command: whether the failure follows from an earlier run that was interrupted.
 *
 * @returns the message that says so and what to do; undefined when nothing was interrupted, or another command is running right now
 */
export function interruptionNotice(
  { runningProcess, staleLock, pendingOperations, damagedState = false }: Interruption,
  target: NamedTarget,
): string | undefined {
  if (runningProcess !== undefined || (!staleLock && pendingOperations === 0 && !damagedState)) return undefined;
  const signs = [
    ...(damagedState ? ["its state file is damaged"] : []),
    ...(staleLock ? ["its lock was left behind"] : []),
    ...(pendingOperations > 0
      ? [`${pendingOperations} operation${pendingOperations > 1 ? "s" : ""} did not finish`]
      : []),
  ];
  return `A run on this stack was interrupted (${signs.join(", ")}). Repair the stack with ${pc.cyan(recoverCommand(target))}, then run the same command again: it continues from there.`;
}

/** Prints the notice, if there is one. Locks are detected on the rehearsal's stacks only; for others pulumi itself names them. */
export async function printInterruptionNotice(target: NamedTarget & Pick<Target, "pulumi" | "env">): Promise<void> {
  // Where the state can't be read, the command has said why.
  const interruption = await interruptionOf(target).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  const notice = interruption && interruptionNotice(interruption, target);
  if (notice) console.error(`\n${wrap(notice, columnsOf(process.stderr))}`);
}

async function interruptionOf(target: NamedTarget & Pick<Target, "pulumi" | "env">): Promise<Interruption> {
  if (isRehearsal(target)) return findInterruption(undefined, target.stack);
  const folder = await stateFolder(target);
  if (folder && isDamaged(folder, stackReference(target)))
    return { staleLock: false, pendingOperations: 0, damagedState: true };
  const { deployment } = await exportStack(target);
  return { staleLock: false, pendingOperations: deployment.pending_operations?.length ?? 0 };
}
