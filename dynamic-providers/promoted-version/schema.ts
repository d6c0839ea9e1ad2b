import type { Promotion, TrainedVersion } from "../model-versions/schema";
import type { EvaluationOwner } from "../evaluation/temporary-name";
import type { EvaluationVerdict } from "../runtime/verdicts";

/** A version that another stack has trained, as its register has it. */
export interface PromotableVersion extends TrainedVersion {
  promotedFrom: Promotion;
  /** What was judged of it there; absent: nothing. */
  evaluation?: EvaluationVerdict;
}

export interface PromotedVersionArgs {
  version: PromotableVersion;
  /** ARM ID of the account that is to serve it; it need not exist yet. */
  accountPath: string;
  /** Region of that account. */
  location: string;
  /** Kind of that account, `OpenAI` or `AIServices`. Absent in states of earlier releases, and not compared: a kind is only ever upgraded. */
  accountKind?: string;
  /** Deployment type that it is to have there; absent: it is not deployed. */
  sku?: string;
  /** Whose evaluation it is, where it is evaluated there: what an interrupted one has left goes with this resource. Absent: it is not evaluated. */
  evaluatedBy?: EvaluationOwner;
}
export type PromotedVersionInputs = PromotedVersionArgs;

export interface PromotedVersionState extends PromotedVersionInputs {
  stateVersion: 1;
}
