import type { ChatProbeState } from "../dynamic-providers/chat-probe/schema";
import type { StackModels } from "./stack-models";

/** A deployment that clients can call, and the proof that it answers, if it has one. */
export interface ServedNow {
  deploymentName: string;
  probe?: ChatProbeState;
}

/**
 * The deployment that serves a stack's clients now: the current model's, or, during a switch that has not ended, the earlier one's. One that
 * has answered comes before one that has not.
 *
 * @returns undefined when nothing is deployed
 */
export function servedNow({ deployment, probe, earlier }: StackModels): ServedNow | undefined {
  if (probe) return { deploymentName: probe.deploymentName, probe };
  const proven = earlier?.deployment && earlier.probe ? earlier.deployment : undefined;
  const name = (proven ?? deployment ?? earlier?.deployment)?.name;
  if (name === undefined) return undefined;
  return { deploymentName: name, probe: name === earlier?.deployment?.name ? earlier.probe : undefined };
}
