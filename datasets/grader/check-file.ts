import type { FindingList } from "../findings";
import type { FileRole } from "../report";
import type { GraderDemands } from "../../graders/demands";

/**
 * Reports what is wrong with the grader itself, only with the training file, so that it is said once; and makes one finding of what no
 * row has. The findings of the rows must be in `findings` already.
 */
export function checkGrader(
  findings: FindingList,
  grader: GraderDemands | undefined,
  role: FileRole,
  rows: number,
): void {
  findings.summarize("nothing-to-grade", (count) => {
    const [number, verb] = count === 1 ? ["1 row", "has"] : [`${count.toLocaleString("en-US")} rows`, "have"];
    return `${number} ${verb} no key besides 'messages', so the grader has nothing to compare with. Add a key with what it needs, such as "reference_answer", and refer to it in the grader as {{item.reference_answer}}.`;
  });
  if (!grader) return;
  for (const path of grader.paths) {
    findings.summarizeAll("grader-key-missing", path.join("."), rows, (message) =>
      message
        .replace(/^The row has no field/, "No row has a field")
        .replace(/\.$/, ". Correct the grader or the rows."),
    );
  }
  if (role !== "training") return;
  for (const problem of grader.problems) findings.add("grader-template", 0, problem);
  if (grader.wantsResponseFormat) {
    const message =
      "The grader reads sample.output_json, but responseFormat is not set: answers that are not JSON can't be graded. Set responseFormat to a JSON schema.";
    findings.add("grader-output-json", 0, message);
  }
}
