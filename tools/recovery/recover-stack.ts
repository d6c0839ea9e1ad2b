import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { print, UserError } from "../command";
import { isLiving, type StackExport } from "../stack-state";
import { exportStack, runScript, type Target } from "../target";
import { importState, succeed } from "./import-state";
import { type Finding, markFailed, mend } from "./mend";
import { recoverLost } from "./recover-lost";
import { mendAttributes } from "./mend-attributes";
import { repairState } from "./repair-state";
import { stackReference } from "./stack-reference";
import { stateFolder } from "./state-folder";

/**
 * Makes a stack usable after its pulumi was killed: replaces or removes what was half written, releases the lock, moves what cut-off creates had made into the state,
 * drops the rest of the interrupted operations and reads anew what of Resource Manager they were about. Then takes back what the
 * state has lost. Repeating it is harmless.
 *
 * @throws UserError when a step fails; the state is then as it was, or mended but not yet read anew
 */
export async function recoverStack(target: Target): Promise<void> {
  await recoverInterrupted(target);
  await recoverLost(target);
}

async function recoverInterrupted({ stack, pulumi, env }: Target): Promise<void> {
  const backend = await stateFolder({ pulumi, env });
  if (backend) repairFiles(backend, stack);
  await pulumi(["cancel", "--yes"], "capture"); // Fails where nothing runs, which is as good.
  const folder = mkdtempSync(path.join(tmpdir(), "recover-"));
  try {
    const exported = path.join(folder, "before.json");
    const state = await exportStack({ stack, pulumi });
    writeFileSync(exported, JSON.stringify(state), { mode: 0o600 });
    const pending = state.deployment.pending_operations ?? [];
    if (pending.length === 0) {
      print(`Stack ${stack}: nothing was interrupted. The lock, if there was one, is released.`);
      return;
    }
    print(`Stack ${stack}: ${pending.length} interrupted operation${pending.length > 1 ? "s" : ""}`);
    const findingsFile = path.join(folder, "findings.json");
    const code = await runScript(path.join(__dirname, "find-made.ts"), [exported, findingsFile], env);
    if (code !== 0) throw new UserError("nothing was changed: the look-up failed, as said above.");
    const findings = JSON.parse(readFileSync(findingsFile, "utf8")) as Finding[];
    const mended = mend(state, findings);
    await importState({ pulumi }, mended);
    const targets = toRefresh(mended, findings).flatMap((urn) => ["--target", urn]);
    if (targets.length > 0) {
      succeed(
        await pulumi(["refresh", "--yes", "--skip-preview", ...targets], "capture"),
        "The state is mended, but the resources that were cut off could not be read",
      );
    }
    if (findings.some(({ failedState }) => failedState !== undefined)) {
      await importState({ pulumi }, markFailed(await exportStack({ stack, pulumi }), findings));
    }
    print(`Mended. Now run the command that was interrupted again.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** On a `file://` backend: what a killed pulumi, a full disk or a power cut has left half-written. */
function repairFiles(backend: string, stack: string): void {
  const removed = mendAttributes(backend);
  if (removed.length > 0) print(`Stack ${stack}: removed half-written files beside the state: ${removed.join(", ")}`);
  const repaired = repairState(backend, stackReference(stack));
  if (repaired) print(`Stack ${stack}: ${repaired}`);
}

/** What lives in the state and has been moved into it, or may have changed; of what isn't there any more nothing can be read. */
function toRefresh(mended: StackExport, findings: Finding[]): string[] {
  const living = new Set((mended.deployment.resources ?? []).filter(isLiving).map(({ urn }) => urn));
  const urns = findings
    .filter(({ foundId, outdated }) => foundId !== undefined || outdated)
    .map(({ operation }) => operation.resource.urn);
  return [...new Set(urns)].filter((urn) => living.has(urn));
}
