import type { ChatProbeArgs } from "../chat-probe/schema";

/** What a destroy looks at before it deletes anything, as the chat probe has it. */
export type DestroyGuard = Pick<
  ChatProbeArgs,
  "accountId" | "owner" | "destroyedJobs" | "deploymentName" | "fineTunedModel" | "others"
>;

/** A destroy deletes the gate before the probe, and must not lose it where the probe stops it. States of earlier releases have no guard: it is lost there. */
export interface ReleaseGateArgs extends Partial<DestroyGuard> {
  /** Why the candidate does not serve and what to do, as the register of versions has it (ModelVersions); empty: it passed, or `deploy.version` decides. */
  rejected: string;
}

export interface ReleaseGateState extends ReleaseGateArgs {
  stateVersion: 1;
}
