import { printable } from "../../../azure-openai/printable-text";

/** What a grader made of one answer to one row. */
export interface TrialGrade {
  /** Of the row, from 1. */
  line: number;
  /** Where the answer is from. */
  from: string;
  reward: number;
  /** Under the service's names. */
  errors: string[];
  detail?: string;
}

/** Errors that an answer of a form that nobody asked for causes: the trial's own answers may be of such a form. */
const OF_THE_ANSWER = ["sample_parse_error", "unresponsive_reward_error", "truncated_observation_error"];
/** Rows that are named. */
const MOST_NAMED = 3;
const LONGEST_DETAIL = 200;

/** Errors of the service, which say nothing of the grader: it was not tried then. */
export function isServiceError(error: string): boolean {
  return error.endsWith("_server_error");
}

/**
 * What speaks against a training by these grades, a sentence each: rows on which the grader fails, else that it can't tell answers apart.
 *
 * @param path - of the dataset
 */
export function trialObjections(grades: readonly TrialGrade[], path: string): string[] {
  const failed = grades.filter(({ errors }) => errors.some((error) => !OF_THE_ANSWER.includes(error)));
  const rows = [...new Map(failed.map((grade) => [grade.line, grade])).values()];
  if (rows.length > 0) {
    const more =
      rows.length > MOST_NAMED ? `, and on ${rows.length - MOST_NAMED} more of the rows that were tried` : "";
    const named = rows.slice(0, MOST_NAMED).map(failureOf).join("; ");
    return [`The grader fails on ${path} ${named}${more}. Fix the grader setting or the rows. ${SKIP}`];
  }
  const rewards = new Set(grades.map(({ reward }) => reward));
  const answers = new Set(grades.map(({ from }) => from));
  if (rewards.size !== 1 || answers.size < 2) return [];
  const lines = new Set(grades.map(({ line }) => line)).size;
  const all = grades.every(({ errors }) => errors.length > 0) ? `, each with ${grades[0]!.errors.join(", ")}` : "";
  return [
    `The grader gives the same score (${[...rewards][0]}) to all ${grades.length} answers it was tried on${all}: ` +
      `the first ${lines === 1 ? "row" : `${lines} rows`} of ${path}, each answered with ${[...answers].join(", ")}. ` +
      `Training with it would teach the model nothing. Fix the grader setting, or set graderTrial.answers to answers that must score differently. ${SKIP}`,
  ];
}

const SKIP = "graderTrial.enabled: false skips this trial.";

function failureOf({ line, from, errors, detail }: TrialGrade): string {
  const words = errors.filter((error) => !OF_THE_ANSWER.includes(error)).join(", ");
  const more = detail === undefined ? "" : `: ${shortened(printable(detail))}`;
  return `line ${line}, answered by ${from} (${words}${more})`;
}

/** The end of a stack trace says what happened. */
function shortened(detail: string): string {
  const last = detail
    .trim()
    .split(/\s*\n\s*/)
    .at(-1)!;
  return last.length > LONGEST_DETAIL ? `${last.slice(0, LONGEST_DETAIL)}...` : last;
}
