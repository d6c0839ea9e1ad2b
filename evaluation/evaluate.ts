import type { EvaluationOptions } from "./options";
import { EvaluationRefusal } from "./refusal";
import type { Evaluation } from "./result";
import { Askers } from "./running/askers";
import { DEFAULT_MAX_TOKENS } from "./running/question";
import { evaluateCase } from "./running/evaluate-case";
import { ProgressCount } from "./running/progress";
import { runAll } from "./running/workers";
import { requirePossible, settingOf } from "./statistics/rule";
import { summarize } from "./summarize";

/**
 * Asks every subject every case, grades the answers and compares the models. Answers are kept as they come, so that a run that ended early is
 * continued by the next; the same answers give the same figures, bit for bit.
 *
 * @throws EvaluationRefusal for what keeps it from running or ending; it holds no text of a case or an answer
 */
export async function evaluate(options: EvaluationOptions): Promise<Evaluation> {
  const { cases, grader, subjects, rule = {}, nameOf = settingOf, rehearsal = false, signal } = options;
  requirePossible(rule, grader.range, subjects.length - 1, nameOf);
  const names = subjects.map(({ name }) => name);
  if (new Set(names).size < names.length)
    throw new EvaluationRefusal(`Two of the deployments would have the same name in the results: ${names.join(", ")}.`);
  const askers = await Askers.open(options);
  try {
    const total = cases.cases.length * subjects.length;
    const progress = new ProgressCount(total, askers, options.clock, options.onProgress);
    // One subject's turn after the other's, so that a case is asked of all at nearly the same time.
    const tasks = cases.cases.flatMap((one, row) => subjects.map((subject, column) => ({ one, row, subject, column })));
    const answers = await runAll(tasks, askers.workers, signal, async ({ one, subject }) => {
      const answer = await evaluateCase(
        one,
        askers.of(subject),
        grader,
        askers,
        options.maxTokens ?? DEFAULT_MAX_TOKENS,
      );
      progress.count(answer.kept);
      return answer;
    });
    const rows = cases.cases.map((_, row) => answers.slice(row * subjects.length, (row + 1) * subjects.length));
    return summarize({ cases, grader, subjects, rule, rehearsal, rows, askers });
  } finally {
    askers.close();
  }
}
