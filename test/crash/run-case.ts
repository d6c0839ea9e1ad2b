import type { Checkout, CommandResult } from "../e2e/checkout";
import { problemsAfterDestroy, problemsAfterUp, type Result } from "./verdict";

/** Commands whose end is tested. */
export type DisturbedCommand = "up" | "destroy";

/** One way to disturb one command, and to complete it afterwards as a user would. */
export interface Disturbance {
  command: DisturbedCommand;
  /** Short, e.g. `up cli before 12`. */
  name: string;
  run(checkout: Checkout): Promise<Disturbed>;
}

export interface Disturbed {
  /** `METHOD /path` at which it happened; undefined when the command ended before it got so far. */
  at?: string;
  problems: string[];
}

/** How a disturbance went. */
export interface Report extends Disturbed {
  name: string;
  /** What the commands printed, when there are problems. */
  log: string;
  seconds: number;
}

/** What to disturb in one life of a stack: one `up` and one `destroy`. */
export interface Case {
  up?: Disturbance;
  destroy?: Disturbance;
}

/** Runs the life of a stack. Begins and ends with an empty one, unless there are problems; then it ends early. */
export async function runCase(checkout: Checkout, expected: Result, { up, destroy }: Case): Promise<Report[]> {
  const { jobsEverCreated } = await checkout.counters();
  const first = await disturb(checkout, up ?? undisturbed("up"), () =>
    problemsAfterUp(checkout, expected, jobsEverCreated),
  );
  if (first.problems.length > 0) return [first];
  const second = await disturb(checkout, destroy ?? undisturbed("destroy"), () =>
    problemsAfterDestroy(checkout, jobsEverCreated + 1),
  );
  return [first, second];
}

/** Starts a command of the stack, without preview and without its outputs. */
export function startCommand(checkout: Checkout, command: DisturbedCommand): ReturnType<Checkout["start"]> {
  return checkout.start("tools/local", command, "--yes", "--skip-preview", "--suppress-outputs");
}

/** What is wrong with a command that should have succeeded. */
export function failure({ code }: CommandResult, what: string): string[] {
  return code === 0 ? [] : [`${what} ended with ${code}`];
}

function undisturbed(command: DisturbedCommand): Disturbance {
  const run = async (checkout: Checkout) => ({ problems: failure(await startCommand(checkout, command).end, command) });
  return { command, name: command, run };
}

async function disturb(checkout: Checkout, disturbance: Disturbance, look: () => Promise<string[]>): Promise<Report> {
  const started = Date.now();
  const logStart = checkout.transcript.length;
  const { at, problems } = await disturbance.run(checkout);
  const printed = checkout.transcript.slice(logStart);
  const all = [...problems, ...(await look())];
  const seconds = (Date.now() - started) / 1000;
  return { name: disturbance.name, at, problems: all, log: all.length > 0 ? printed : "", seconds };
}
