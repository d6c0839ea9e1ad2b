import type { EvaluationOwner } from "../../dynamic-providers/evaluation/temporary-name";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import type { StackExport } from "../stack-state";

/** An evaluation that a stack may have begun, and the account in which its temporary deployments are. */
export interface BegunEvaluation {
  /** ARM ID. */
  accountId: string;
  owner: EvaluationOwner;
}

type Inputs = Record<string, unknown>;

/** Resources that say whose an evaluation is, and where, by their inputs. */
const TOLD_BY: Record<string, (inputs: Inputs) => Inputs> = {
  [finetuneType("Evaluation")]: (inputs) => inputs,
  // An evaluation that was interrupted is in no state yet.
  [finetuneType("FineTuningJob")]: (inputs) => ({ ...inputs, job: inputs.logicalName }),
  [finetuneType("PromotedVersion")]: ({ accountPath, evaluatedBy }) => ({
    ...(evaluatedBy as Inputs | undefined),
    accountId: accountPath,
  }),
};

/** The evaluations that the stack may have begun, interrupted ones included, each once. */
export function evaluationsIn({ deployment }: StackExport): BegunEvaluation[] {
  const pending = (deployment.pending_operations ?? []).map(({ resource }) => resource);
  const begun = [...(deployment.resources ?? []), ...pending].flatMap(({ type, inputs = {} }): BegunEvaluation[] => {
    const { accountId, project, stack, job } = TOLD_BY[type]?.(inputs) ?? {};
    const texts = [accountId, project, stack, job];
    // What was unknown when the run died is no text, or no id.
    if (!texts.every((text) => typeof text === "string") || !String(accountId).startsWith("/")) return [];
    return [{ accountId: accountId as string, owner: { project, stack, job } as EvaluationOwner }];
  });
  return [...new Map(begun.map((one) => [JSON.stringify(one), one])).values()];
}
