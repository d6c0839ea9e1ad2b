import { isUnknown } from "../runtime/unknown";
import type { ChatProbeInputs } from "./schema";

type Served = Pick<ChatProbeInputs, "deploymentName" | "fineTunedModel" | "switch" | "deployedAt">;

/**
 * What a change of the model does to the deployment, as `deploy.switch` has it: a plan alone shows a replacement, but not whether
 * anything answers meanwhile. Nothing when the model stays, nor once the deployment has changed: its time of creation is known then. Nor while
 * the name is unknown: the engine looks at what depends on a resource that it replaces first, when it knows no value, and compares again later.
 */
export function switchNotice(before: Served, after: Served): string | undefined {
  if (before.fineTunedModel === after.fineTunedModel || !isUnknown(after.deployedAt)) return undefined;
  if (isUnknown(after.deploymentName)) return undefined;
  const old = before.deploymentName;
  const next = after.deploymentName;
  const renamed = old !== after.deploymentName;
  const newFirst = `the new deployment ${next} is created first; the old one ${old} is deleted last, after the new one has answered`;
  switch (after.switch) {
    case "blueGreen":
      return renamed ? `deploy.switch is blueGreen: ${newFirst}` : undefined;
    case "recreate":
      return renamed
        ? `deploy.switch is recreate: the deployment ${old} is deleted, then the new one ${next} is created, and nothing answers in between`
        : `deploy.switch is recreate: the new model replaces the old one under the name ${old}, and nothing answers in between`;
    case "inPlace":
      return renamed
        ? `deploy.switch is inPlace, and the name changes: ${newFirst}`
        : `deploy.switch is inPlace: the new model is moved into the deployment ${old}, without a gap where Azure allows it`;
    default:
      return undefined;
  }
}
