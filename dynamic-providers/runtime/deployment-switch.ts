import { type SwitchMode, switchMode, switchModes } from "./switch-modes";
import { isUnknown } from "./unknown";

/** A deployment as the resource after it knows it. */
interface Served {
  accountId?: string;
  deploymentName: string;
  fineTunedModel: string;
  switch?: SwitchMode;
  deployedAt: string;
}

/**
 * What a change of the model or of the name does to the deployment, as `deploy.switch` has it: a plan alone shows a replacement, but not whether
 * anything answers in between. Nothing when both stay, nor once the deployment has changed: its time of creation is known then.
 */
export function switchNotice(before: Served, after: Served): string | undefined {
  const { switch: mode } = after;
  // A state that is older than the setting has none.
  if (mode === undefined || !isUnknown(after.deployedAt)) return undefined;
  const changes = before.fineTunedModel !== after.fineTunedModel || before.deploymentName !== after.deploymentName;
  const next = nextName(after, mode);
  if (!changes || next === undefined) return undefined;
  const notice = switchModes[mode].notice({ old: before.deploymentName, next });
  return notice && `deploy.switch is ${mode}: ${notice}`;
}

/**
 * The name, or that it is not known yet: each model has its own, and which one serves is decided during `up`. Undefined while nothing at all is known:
 * the engine looks at what depends on an account that it replaces first, and compares again later.
 */
function nextName({ deploymentName, accountId }: Served, mode: SwitchMode): string | undefined {
  if (!isUnknown(deploymentName)) return deploymentName;
  return switchMode(mode).namePerModel && !isUnknown(accountId) ? "(its name will be known after `up`)" : undefined;
}
