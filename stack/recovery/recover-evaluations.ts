import path from "node:path";
import { print } from "../command";
import type { StackExport } from "../stack-state";
import type { Target } from "../target";
import { askScript } from "../ask-script";
import { evaluationsIn } from "./evaluations-in-state";

/**
 * Removes the temporary deployments that an interrupted evaluation has left: each costs hosting until it is gone. Safe to repeat.
 *
 * @param state - as it was when the run was interrupted
 */
export async function recoverEvaluations({ stack, env }: Target, state: StackExport): Promise<void> {
  if (evaluationsIn(state).length === 0) return;
  if (await askScript(path.join(__dirname, "remove-temporary.ts"), state, env)) return;
  print(
    `Stack ${stack}: could not remove temporary deployments that an evaluation may have left; see the message above. ` +
      "The next up or destroy removes them.",
  );
}
