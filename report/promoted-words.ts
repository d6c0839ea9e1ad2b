import type { PromotedFacts } from "./report-data";

/** `version 2 of dev` */
export function promotedName({ stack, version }: Pick<PromotedFacts, "stack" | "version">): string {
  return `version ${version} of ${stack}`;
}

/** Where curves, checkpoints and bill are: the job is that stack's. */
export function whereTrained({ stack, report }: Pick<PromotedFacts, "stack" | "report">): string {
  return `This model was trained in the stack ${stack}. To see its training report, run: ${report}`;
}
