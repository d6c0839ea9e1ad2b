import type { Clock } from "../azure-openai/clock";
import type { CaseFile } from "./cases/case";
import type { Grader } from "./graders/grader";
import { EvaluationRefusal } from "./refusal";
import type { Evaluation } from "./result";
import { Askers } from "./running/askers";
import { DEFAULT_MAX_TOKENS } from "./running/question";
import { evaluateCase } from "./running/evaluate-case";
import { ProgressCount, type RunProgress } from "./running/progress";
import type { Subject } from "./running/subject";
import { runAll } from "./running/workers";
import { requirePossible, type Rule } from "./statistics/rule";
import { summarize } from "./summarize";

/** What an evaluation needs: plain values, and the clients and clock that it works with. */
export interface EvaluationOptions {
  cases: CaseFile;
  grader: Grader;
  /** The model in question first; the others are what it is compared with. */
  subjects: readonly [Subject, ...Subject[]];
  /** Deployments that grade, by the name that the grader gives for them. */
  judges?: Readonly<Record<string, Subject>>;
  rule?: Rule;
  clock: Clock;
  /** Folder of the files in which answers are kept, a file per model. */
  folder: string;
  /** Most tokens of an answer. Default 1,024. */
  maxTokens?: number;
  /** USD that this run may spend. Default: no limit. */
  maxUsd?: number;
  /** Requests at a time that a deployment gets at most. Default 64. */
  concurrency?: number;
  onProgress?: (progress: RunProgress) => void;
  /** Stops after the answers that are under way. */
  signal?: AbortSignal;
}

/**
 * Asks every subject every case, grades the answers and compares the models. Answers are kept as they come, so that a run that ended early is
 * continued by the next; the same answers give the same figures, bit for bit.
 *
 * @throws EvaluationRefusal for what keeps it from running or ending; it holds no text of a case or an answer
 */
export async function evaluate(options: EvaluationOptions): Promise<Evaluation> {
  const { cases, grader, subjects, rule = {}, signal } = options;
  requirePossible(rule, grader.range, subjects.length - 1);
  const names = subjects.map(({ name }) => name);
  if (new Set(names).size < names.length)
    throw new EvaluationRefusal(`Two of the deployments are shown under one name: ${names.join(", ")}.`);
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
    return summarize({ cases, grader, subjects, rule, rows, askers });
  } finally {
    askers.close();
  }
}
