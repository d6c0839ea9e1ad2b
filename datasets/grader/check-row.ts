import { nearestPath } from "./nearest-path";
import type { JsonObject, Report } from "../rules/row-rules";
import type { GraderDemands } from "../../graders/demands";
import { hasPath } from "../../graders/path";

/** Keys of a row that are not there for the grader. */
const ownKeys = ["messages", "tools", "parallel_tool_calls", "functions"];

/**
 * Holds a row of reinforcement fine-tuning against the grader: it reads keys of the row (`item`), and one that is not there makes the
 * grader fail, and the row worthless, after the training has begun.
 */
export function checkGradedRow(row: JsonObject, grader: GraderDemands | undefined, report: Report): void {
  let isMissing = false;
  for (const path of grader?.paths ?? []) {
    if (hasPath(row, path)) continue;
    isMissing = true;
    const name = path.join(".");
    report(
      "grader-key-missing",
      `The row has no field '${name}', which the grader uses as {{item.${name}}}${nearestPath(row, path)}.`,
      name,
    );
  }
  if (isMissing || (grader && !grader.readsItem)) return;
  if (Object.keys(row).some((key) => !ownKeys.includes(key))) return;
  report("nothing-to-grade", "The row has no key besides 'messages', so the grader has nothing to compare with.");
}
