import { lateBoundResource } from "../runtime/late-bound-resource";
import type { ReleaseGateArgs, ReleaseGateState } from "./schema";

/**
 * Fails `up`, after everything else is in place, where the newest model did not pass its evaluation and an earlier one serves.
 *
 * @example
 * ```ts
 * new ReleaseGate("tutor-gate", { rejected: tutor.versions.rejected }, { dependsOn: serving });
 * ```
 */
export class ReleaseGate extends lateBoundResource<ReleaseGateArgs, ReleaseGateState>()({
  type: "ReleaseGate",
  handler: "dynamic-providers/release-gate/handler.ts",
}) {}
