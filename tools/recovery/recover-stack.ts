import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UserError } from "../command";
import { exportStack, runScript, type Target } from "../target";
import { type Finding, mend } from "./mend";
import { mendAttributes } from "./mend-attributes";

/**
 * Makes a stack usable after its pulumi was killed: removes what was half written, releases the lock, moves what cut-off creates had made into the state,
 * drops the rest of the interrupted operations and reads the moved resources anew. Repeating it is harmless.
 *
 * @throws UserError when a step fails; the state is then as it was, or mended but not yet read anew
 */
export async function recoverStack({ stack, pulumi, env }: Target): Promise<void> {
  const removed = await mendAttributes({ pulumi, env });
  if (removed.length > 0)
    console.log(`Stack ${stack}: removed half-written files beside the state: ${removed.join(", ")}`);
  await pulumi(["cancel", "--yes"], "capture"); // Fails where nothing runs, which is as good.
  const folder = mkdtempSync(path.join(tmpdir(), "recover-"));
  try {
    const exported = path.join(folder, "before.json");
    const state = await exportStack({ stack, pulumi });
    writeFileSync(exported, JSON.stringify(state), { mode: 0o600 });
    const pending = state.deployment.pending_operations ?? [];
    if (pending.length === 0) {
      console.log(`Stack ${stack}: nothing was interrupted. The lock, if there was one, is released.`);
      return;
    }
    console.log(`Stack ${stack}: ${pending.length} interrupted operation${pending.length > 1 ? "s" : ""}`);
    const findingsFile = path.join(folder, "findings.json");
    const code = await runScript(path.join(__dirname, "find-made.ts"), [exported, findingsFile], env);
    if (code !== 0) throw new UserError("nothing was changed: the look-up failed, as said above.");
    const findings = JSON.parse(readFileSync(findingsFile, "utf8")) as Finding[];
    const mended = path.join(folder, "after.json");
    writeFileSync(mended, JSON.stringify(mend(state, findings)), { mode: 0o600 });
    succeed(await pulumi(["stack", "import", "--file", mended], "capture"), "The mended state was refused");
    const moved = findings
      .filter(({ foundId }) => foundId !== undefined)
      .map(({ operation }) => operation.resource.urn);
    if (moved.length > 0) {
      const targets = moved.flatMap((urn) => ["--target", urn]);
      succeed(
        await pulumi(["refresh", "--yes", "--skip-preview", ...targets], "capture"),
        "The state is mended, but the resources that were moved into it could not be read",
      );
    }
    console.log(`Mended. Now run the command that was interrupted again.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function succeed(run: { code: number; stdout: string; stderr: string }, otherwise: string): void {
  if (run.code !== 0) throw new UserError(`${otherwise}: ${(run.stderr || run.stdout).trim()}`);
}
