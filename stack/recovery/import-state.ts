import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UserError } from "../command";
import type { StackExport } from "../stack-state";
import type { Target } from "../target";

/** Makes `state` the stack's; secrets in it are encrypted. @throws UserError when pulumi refuses it; the state is then unchanged */
export async function importState({ pulumi }: Pick<Target, "pulumi">, state: StackExport): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "recover-"));
  try {
    const file = path.join(folder, "state.json");
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
    succeed(await pulumi(["stack", "import", "--file", file], "capture"), "Pulumi refused the repaired state");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws UserError with what pulumi said, after `otherwise` */
export function succeed(run: { code: number; stdout: string; stderr: string }, otherwise: string): void {
  if (run.code !== 0) throw new UserError(`${otherwise}: ${(run.stderr || run.stdout).trim()}`);
}
