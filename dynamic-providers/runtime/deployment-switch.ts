import { type SwitchMode, switchModes } from "./switch-modes";
import { isUnknown } from "./unknown";

/** A deployment as the resource after it knows it. */
interface Served {
  deploymentName: string;
  fineTunedModel: string;
  switch?: SwitchMode;
  deployedAt: string;
}

/**
 * What a change of the model does to the deployment, as `deploy.switch` has it: a plan alone shows a replacement, but not whether
 * anything answers in between. Nothing when the model stays, nor once the deployment has changed: its time of creation is known then. Nor while
 * the name is unknown: the engine looks at what depends on a resource that it replaces first, when it knows no value, and compares again later.
 */
export function switchNotice(before: Served, after: Served): string | undefined {
  if (before.fineTunedModel === after.fineTunedModel || !isUnknown(after.deployedAt)) return undefined;
  if (isUnknown(after.deploymentName)) return undefined;
  const { switch: mode } = after;
  // A state that is older than the setting has none.
  if (mode === undefined) return undefined;
  const notice = switchModes[mode].notice({ old: before.deploymentName, next: after.deploymentName });
  return notice && `deploy.switch is ${mode}: ${notice}`;
}
