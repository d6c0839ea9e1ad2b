import type { FileRecord, JobFault, JobMethod, JobProblem, RowCounts } from "../../world/state";

/** Fewest training examples; "at least 10, else the job won't proceed". A validation file may have fewer. */
const MIN_EXAMPLES = 10;

const shapes: Record<JobMethod["type"], { kind: keyof RowCounts; words: string }> = {
  supervised: { kind: "chat", words: "messages with an assistant turn" },
  dpo: { kind: "preference", words: "input, preferred_output and non_preferred_output" },
  reinforcement: { kind: "prompt", words: "messages without an assistant turn at the end" },
};

/** Why a job will fail at the end of its preparation; its rows were counted when the files were checked. Texts: guess. */
export function validationProblem(
  training: FileRecord,
  validation: FileRecord | undefined,
  method: JobMethod["type"],
  fault: JobFault | undefined,
): JobProblem | undefined {
  if (fault?.outcome === "fail-validation") return invalid("training_file", fault.message ?? RAI_REFUSAL);
  return (
    rowProblem(training, method, "training_file", MIN_EXAMPLES) ??
    (validation && rowProblem(validation, method, "validation_file", 1))
  );
}

function rowProblem(
  file: FileRecord,
  method: JobMethod["type"],
  param: string,
  fewest: number,
): JobProblem | undefined {
  if (file.problem !== undefined || !file.rows)
    return invalid(param, file.problem ?? `The file ${file.id} has not been checked.`);
  const { kind, words } = shapes[method];
  const others = file.rows.chat + file.rows.preference + file.rows.prompt - file.rows[kind];
  if (others > 0)
    return invalid(param, `${others} example(s) of the file lack ${words}, which ${method} fine-tuning needs.`);
  if (file.rows[kind] < fewest) {
    const name = param === "training_file" ? "Training" : "Validation";
    return invalid(param, `${name} file has ${file.rows[kind]} example(s), but must have at least ${fewest} examples.`);
  }
  return undefined;
}

function invalid(param: string, message: string): JobProblem {
  return { code: "invalidPayload", message, param };
}

/** Text of Microsoft's page on safety evaluation. */
const RAI_REFUSAL =
  "The provided training data failed RAI checks for harm types: [hate_fairness, self_harm, violence]. " +
  "Please fix the data and try again.";
