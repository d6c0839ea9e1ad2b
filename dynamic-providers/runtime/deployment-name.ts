import { createHash } from "node:crypto";
import { type SwitchMode, switchMode } from "./switch-modes";

/** The name of a deployment without the 6 hex that tell its models apart; of a deployment that stays, its name. */
export function startOfName(deploymentName: string): string {
  return deploymentName.replace(/-[0-9a-f]{6}$/i, "");
}

/**
 * Name of the deployment. Where each model has one, it tells the models apart by 6 hex of the training key, and of the checkpoint where it isn't
 * the last; otherwise it stays.
 */
export function deploymentNameFor(
  name: string,
  mode: SwitchMode,
  trainingKey: string,
  checkpoint: number | string = "last",
): string {
  if (!switchMode(mode).namePerModel) return name;
  const key =
    checkpoint === "last" ? trainingKey : createHash("sha256").update(`${trainingKey}\n${checkpoint}`).digest("hex");
  return `${name}-${key.slice(0, 6)}`;
}
