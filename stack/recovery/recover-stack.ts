import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { print, UserError } from "../command";
import { isLiving, type StackExport } from "../stack-state";
import { exportStack, runScript, type Target } from "../target";
import { importState, succeed } from "./import-state";
import { type Finding, markFailed, resolvePending, withSentInputs } from "./resolve-pending";
import { recoverEvaluations } from "./recover-evaluations";
import { recoverLost } from "./recover-lost";
import { repairAttributes } from "./repair-attributes";
import { repairState } from "./repair-state";
import { reportUnlisted } from "./report-unlisted";
import { stackReference } from "./stack-reference";
import { stateFolder } from "./state-folder";

/**
 * Repairs a stack after its pulumi was killed: replaces or removes half-written files, releases the lock, adds what interrupted creates had
 * made to the state, drops the other interrupted operations and refreshes the Resource Manager resources that they concerned. Then takes
 * back what the state has lost, and removes what an evaluation has left. Safe to repeat.
 *
 * @throws UserError when a step fails; the state is then unchanged, or repaired but not yet refreshed
 */
export async function recoverStack(target: Target): Promise<void> {
  const { incomplete, before } = await recoverInterrupted(target);
  await recoverLost(target);
  await recoverEvaluations(target, before);
  if (incomplete) await reportUnlisted(target);
}

/** @returns whether the state lacks resources that were behind the end of a damaged file; the state with what was interrupted */
async function recoverInterrupted(target: Target): Promise<{ incomplete: boolean; before: StackExport }> {
  const { stack, pulumi, env } = target;
  const backend = await stateFolder(target);
  const incomplete = backend !== undefined && repairFiles(backend, target);
  await pulumi(["cancel", "--yes"], "capture"); // Fails when nothing runs, which is fine.
  const folder = mkdtempSync(path.join(tmpdir(), "recover-"));
  try {
    const exported = path.join(folder, "before.json");
    const state = await exportStack({ stack, pulumi });
    writeFileSync(exported, JSON.stringify(state), { mode: 0o600 });
    const pending = state.deployment.pending_operations ?? [];
    if (pending.length === 0) {
      print(`Stack ${stack}: no interrupted operations found. Any stale lock was released.`);
      return { incomplete, before: state };
    }
    print(`Stack ${stack}: ${pending.length} interrupted operation${pending.length > 1 ? "s" : ""}`);
    const findingsFile = path.join(folder, "findings.json");
    const code = await runScript(path.join(__dirname, "find-created.ts"), [exported, findingsFile], env);
    if (code !== 0) throw new UserError("nothing was changed: the lookup failed; see the message above.");
    const findings = JSON.parse(readFileSync(findingsFile, "utf8")) as Finding[];
    const repaired = resolvePending(state, findings);
    await importState({ pulumi }, repaired);
    const targets = toRefresh(repaired, findings).flatMap((urn) => ["--target", urn]);
    if (targets.length > 0) {
      succeed(
        await pulumi(["refresh", "--yes", "--skip-preview", ...targets], "capture"),
        "The state is repaired, but the resources of the interrupted operations could not be refreshed",
      );
    }
    if (findings.some(({ foundId }) => foundId !== undefined)) {
      const refreshed = withSentInputs(await exportStack({ stack, pulumi }), state, findings);
      await importState({ pulumi }, markFailed(refreshed, findings));
    }
    print("Repaired. Now run the interrupted command again.");
    return { incomplete, before: state };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** On a `file://` backend: files that a killed pulumi, a full disk or a power cut left half-written. @returns as above */
function repairFiles(backend: string, target: Target): boolean {
  const { stack } = target;
  const removed = repairAttributes(backend);
  if (removed.length > 0) print(`Stack ${stack}: removed half-written files beside the state: ${removed.join(", ")}`);
  const repaired = repairState(backend, stackReference(target));
  if (repaired) print(`Stack ${stack}: ${repaired.message}`);
  return repaired?.incomplete ?? false;
}

/** Living resources that were added to the state or may have changed; what no longer exists cannot be refreshed. */
function toRefresh(repaired: StackExport, findings: Finding[]): string[] {
  const living = new Set((repaired.deployment.resources ?? []).filter(isLiving).map(({ urn }) => urn));
  const urns = findings
    .filter(({ foundId, outdated }) => foundId !== undefined || outdated)
    .map(({ operation }) => operation.resource.urn);
  return [...new Set(urns)].filter((urn) => living.has(urn));
}
