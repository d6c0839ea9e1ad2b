import type { EvaluationOwner } from "../../dynamic-providers/evaluation/temporary-name";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import type { StackExport } from "../stack-state";

/** An evaluation that a stack may have begun, and the account in which its temporary deployments are. */
export interface BegunEvaluation {
  /** ARM ID. */
  accountId: string;
  owner: EvaluationOwner;
}

/** Resources that say whose an evaluation is, each with the input that names the job's resource. */
const NAMED_BY: Record<string, string> = {
  [finetuneType("Evaluation")]: "job",
  // An evaluation that was interrupted is in no state yet.
  [finetuneType("FineTuningJob")]: "logicalName",
};

/** The evaluations that the stack may have begun, interrupted ones included, each once. */
export function evaluationsIn({ deployment }: StackExport): BegunEvaluation[] {
  const pending = (deployment.pending_operations ?? []).map(({ resource }) => resource);
  const begun = [...(deployment.resources ?? []), ...pending].flatMap(({ type, inputs = {} }): BegunEvaluation[] => {
    const { accountId, project, stack } = inputs;
    const job = inputs[NAMED_BY[type] ?? ""];
    const texts = [accountId, project, stack, job];
    // What was unknown when the run died is no text, or no id.
    if (!texts.every((text) => typeof text === "string") || !String(accountId).startsWith("/")) return [];
    return [{ accountId: accountId as string, owner: { project, stack, job } as EvaluationOwner }];
  });
  return [...new Map(begun.map((one) => [JSON.stringify(one), one])).values()];
}
