import { at, type Properties } from "./steps";

/**
 * The setting that keeps a job and its model where they would be deleted, as the job's handler decides
 * (dynamic-providers/fine-tuning-job/handler.ts).
 *
 * @param state - of the job
 */
export function whyKept(state: Properties): string | undefined {
  if (at(state, "adopted") === true && at(state, "retain.adopted") !== false) return "retain.adopted";
  return at(state, "retain.model") === true ? "retain.model" : undefined;
}
