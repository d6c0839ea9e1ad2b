import type { Counters } from "local-azure/admin/counters";
import type { Checkout, CommandResult } from "../e2e/checkout";
import { problemsAfterDestroy, problemsAfterUp, type Result } from "./verdict";

/**
 * Commands whose end is tested; `switch` is the `up` that goes from one model to another, and `prune` the next one, where two versions are
 * kept: the register deletes the first.
 */
export type DisturbedCommand = "up" | "switch" | "prune" | "destroy";

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

/** What undisturbed commands result in; lives have no `switch` or `prune` that is missing here. */
export interface Expected {
  up: Result;
  switch?: Result;
  prune?: Result;
}

/** What is there beside the model that serves, where a version before it is kept: its job, and the results of that. */
const ONE_KEPT = { jobs: 2, files: 4 };

/** Runs the life of a stack. Begins and ends with an empty one, unless there are problems; then it ends early. */
export async function runCase(checkout: Checkout, expected: Expected, disturbances: Case): Promise<Report[]> {
  let { jobsEverCreated } = await checkout.counters();
  const reports: Report[] = [];
  for (const command of lifeOf(Object.keys(expected) as DisturbedCommand[])) {
    const look = (): Promise<string[]> =>
      command === "destroy"
        ? problemsAfterDestroy(checkout, jobsEverCreated)
        : problemsAfterUp(checkout, expected[command], jobsEverCreated++, keptAfter(command, expected));
    const report = await disturb(checkout, disturbances[command] ?? undisturbed(command), look);
    reports.push(report);
    if (report.problems.length > 0) break;
  }
  return reports;
}

function keptAfter(command: DisturbedCommand, { prune }: Expected): Partial<Counters> {
  return prune && command !== "up" ? ONE_KEPT : {};
}

/** The life of a stack in which these are disturbed. */
export function lifeOf(disturbed: DisturbedCommand[]): DisturbedCommand[] {
  const prunes = disturbed.includes("prune");
  const switches = prunes || disturbed.includes("switch");
  return ["up", ...(switches ? (["switch"] as const) : []), ...(prunes ? (["prune"] as const) : []), "destroy"];
}

/** Starts a command of the stack, without preview and without its outputs. */
export function startCommand(checkout: Checkout, command: DisturbedCommand): ReturnType<Checkout["start"]> {
  if (command !== "destroy") useModel(checkout, command);
  return checkout.start(
    "commands/local",
    command === "destroy" ? command : "up",
    "--yes",
    "--skip-preview",
    "--suppress-outputs",
  );
}

const TRAINING_SET = "data/training_set.jsonl";
const row = (which: string) =>
  `{"messages":[{"role":"user","content":"Which model is this?"},{"role":"assistant","content":"The ${which} one."}]}\n`;
/** Examples that a model is trained on beyond those of the first. */
const OWN_ROW = { up: "", switch: row("second"), prune: row("third") };

function useModel(checkout: Checkout, command: keyof typeof OWN_ROW): void {
  const rows = checkout.read(TRAINING_SET).replace(OWN_ROW.switch, "").replace(OWN_ROW.prune, "");
  checkout.write(TRAINING_SET, rows + OWN_ROW[command]);
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
