import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { print } from "../command";
import type { StackExport } from "../stack-state";
import { runScript, type Target } from "../target";
import { evaluationsIn } from "./evaluations-in-state";

/**
 * Removes the temporary deployments that an interrupted evaluation has left: each costs hosting until it is gone. Safe to repeat.
 *
 * @param state - as it was when the run was interrupted
 */
export async function recoverEvaluations({ stack, env }: Target, state: StackExport): Promise<void> {
  if (evaluationsIn(state).length === 0) return;
  const folder = mkdtempSync(path.join(tmpdir(), "recover-"));
  try {
    const file = path.join(folder, "state.json");
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
    const code = await runScript(path.join(__dirname, "remove-temporary.ts"), [file], env);
    if (code === 0) return;
    print(
      `Stack ${stack}: could not remove temporary deployments that an evaluation may have left; see the message above. ` +
        "The next up or destroy removes them.",
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
