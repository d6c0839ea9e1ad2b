import type { Checkout, CommandResult } from "../e2e/checkout";
import { problemsAfterDestroy, problemsAfterUp, type Result } from "./verdict";

/** Commands whose end is tested; `switch` is the `up` that goes from one model to another. */
export type DisturbedCommand = "up" | "switch" | "destroy";

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

/** What to disturb in one life of a stack. */
export type Case = Partial<Record<DisturbedCommand, Disturbance>>;

/** What undisturbed commands result in; without `switch`, lives have none. */
export interface Expected {
  up: Result;
  switch?: Result;
}

/** Runs the life of a stack. Begins and ends with an empty one, unless there are problems; then it ends early. */
export async function runCase(checkout: Checkout, expected: Expected, disturbances: Case): Promise<Report[]> {
  let { jobsEverCreated } = await checkout.counters();
  const reports: Report[] = [];
  for (const command of commandsOf(expected)) {
    const look = (): Promise<string[]> =>
      command === "destroy"
        ? problemsAfterDestroy(checkout, jobsEverCreated)
        : problemsAfterUp(checkout, expected[command], jobsEverCreated++);
    const report = await disturb(checkout, disturbances[command] ?? undisturbed(command), look);
    reports.push(report);
    if (report.problems.length > 0) break;
  }
  return reports;
}

/** The life of a stack. */
export function commandsOf(expected: Partial<Record<DisturbedCommand, unknown>>): DisturbedCommand[] {
  return expected.switch === undefined ? ["up", "destroy"] : ["up", "switch", "destroy"];
}

/** Starts a command of the stack, without preview and without its outputs. */
export function startCommand(checkout: Checkout, command: DisturbedCommand): ReturnType<Checkout["start"]> {
  if (command !== "destroy") useModel(checkout, command === "up" ? "A" : "B");
  const pulumiCommand = command === "switch" ? "up" : command;
  return checkout.start("commands/local", pulumiCommand, "--yes", "--skip-preview", "--suppress-outputs");
}

const TRAINING_SET = "data/training_set.jsonl";
const ROW_OF_B = `{"messages":[{"role":"user","content":"Which model is this?"},{"role":"assistant","content":"The second one."}]}\n`;

/** Model B is trained on one example more than model A. */
function useModel(checkout: Checkout, model: "A" | "B"): void {
  const rowsOfA = checkout.read(TRAINING_SET).replace(ROW_OF_B, "");
  checkout.write(TRAINING_SET, model === "A" ? rowsOfA : rowsOfA + ROW_OF_B);
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
