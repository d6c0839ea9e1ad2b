import { createHash } from "node:crypto";

/** Whose evaluation a temporary deployment is for: the stack's, of one of its models. */
export interface EvaluationOwner {
  project: string;
  stack: string;
  /** Logical name of the job's resource. */
  job: string;
}

const FORM = /^evaluation-[0-9a-f]{10}-[0-9a-f]{6}$/i;

/**
 * Name of the deployment on which a model is evaluated: the same in every run, and of nobody else, so that what an interrupted run has left is
 * found by its name.
 *
 * @param model - what its answers are kept under
 */
export function temporaryName(owner: EvaluationOwner, model: string): string {
  return `${prefixOf(owner)}${hex(model, 6)}`;
}

/** Whether a deployment is a temporary one of this owner. */
export function isTemporaryOf(owner: EvaluationOwner, name: string): boolean {
  return isTemporaryName(name) && name.toLowerCase().startsWith(prefixOf(owner));
}

/** Whether a deployment is a temporary one, of this stack or of another. */
export function isTemporaryName(name: string): boolean {
  return FORM.test(name);
}

function prefixOf({ project, stack, job }: EvaluationOwner): string {
  return `evaluation-${hex(JSON.stringify([project, stack, job]), 10)}-`;
}

function hex(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
