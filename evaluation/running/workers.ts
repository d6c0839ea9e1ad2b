import { EvaluationRefusal } from "../refusal";

/** Somebody asked the run to stop. */
export class Interrupted extends EvaluationRefusal {
  constructor() {
    super("The evaluation was interrupted. The answers so far are kept. Run again to continue.");
  }
}

/**
 * Runs `run` on every task, `workers` at a time, and returns what it gives in the order of the tasks. After the first failure no task is begun;
 * those that are under way are waited for, since they are paid.
 *
 * @throws the first failure; Interrupted after `signal`
 */
export async function runAll<Task, Result>(
  tasks: readonly Task[],
  workers: number,
  signal: AbortSignal | undefined,
  run: (task: Task) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  let next = 0;
  let failure: { error: unknown } | undefined;
  const work = async () => {
    while (next < tasks.length && !failure) {
      if (signal?.aborted) {
        failure = { error: new Interrupted() };
        return;
      }
      const at = next++;
      try {
        results[at] = await run(tasks[at]!);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, work));
  if (failure) throw failure.error;
  return results;
}
