import type { AccountRecord, EvalRecord, EvalRunRecord } from "../../world/state";
import type { World } from "../../world/world";
import { executeRun } from "./execute-run";

/** Runs of an account at the same time (MaxRunningEvaluationCount of the account's capabilities); more wait. */
const MAX_RUNNING = 5;

interface Queue {
  /** Ids of runs that have started and not ended. */
  running: Set<string>;
  waiting: { id: string; start: () => void }[];
}

const queues = new WeakMap<World, Map<string, Queue>>();

/** `queued`, `in_progress`, `completed`, `canceled` or `failed`; a run that a restart has interrupted starts again. */
export function statusOf(world: World, account: AccountRecord, evaluation: EvalRecord, run: EvalRunRecord): string {
  if (run.canceledAt !== undefined) return "canceled";
  if (run.problem) return "failed";
  if (run.endedAt !== undefined) return "completed";
  const queue = queueOf(world, account);
  if (!queue.running.has(run.id) && !queue.waiting.some(({ id }) => id === run.id))
    enqueue(world, account, evaluation, run);
  return queue.running.has(run.id) ? "in_progress" : "queued";
}

/** Lets a run begin as soon as a place is free. */
export function enqueue(world: World, account: AccountRecord, evaluation: EvalRecord, run: EvalRunRecord): void {
  const queue = queueOf(world, account);
  queue.waiting.push({ id: run.id, start: () => void begin(world, account, evaluation, run, queue) });
  setImmediate(() => next(queue));
}

function next(queue: Queue): void {
  if (queue.running.size >= MAX_RUNNING) return;
  queue.waiting.shift()?.start();
}

async function begin(
  world: World,
  account: AccountRecord,
  evaluation: EvalRecord,
  run: EvalRunRecord,
  queue: Queue,
): Promise<void> {
  queue.running.add(run.id);
  try {
    await executeRun(world, account, evaluation, run);
  } catch (error) {
    run.problem = { code: "InternalServerError", message: (error as Error).message };
  } finally {
    queue.running.delete(run.id);
    next(queue);
  }
}

function queueOf(world: World, account: AccountRecord): Queue {
  const ofWorld = queues.get(world) ?? new Map<string, Queue>();
  queues.set(world, ofWorld);
  const queue = ofWorld.get(account.id) ?? { running: new Set<string>(), waiting: [] };
  ofWorld.set(account.id, queue);
  return queue;
}
