import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "local-azure/faults/fault";
import type { LoggedRequest } from "local-azure/admin/request-log";
import type { Checkout, CommandResult } from "../e2e/checkout";
import type { CrashPoint } from "./crash-point";
import { kill, type ProcessEntry, processes, processTree } from "./process-tree";
import { startCommand } from "./run-case";

/** What a crash was like. */
export interface Crash {
  /** `METHOD /path` at which it happened; undefined when the command ended before it got so far. */
  at?: string;
  /** How the command ended that was hit. */
  first: CommandResult;
  /** How the run ended that was started at once, beside the providers of the first. */
  second?: CommandResult;
  /** Processes of the first run that were not killed. */
  left: ProcessEntry[];
}

/** The service notices a connection that its process has left within milliseconds; on a busy machine later. */
const LEFT_MS = 10_000;

/**
 * Runs a command of the stack and kills it at a point; the pulumi of a `cli` crash leaves its providers at work.
 *
 * @param start - starts the command. Default: on the checkout's own stack
 */
export async function crash(
  checkout: Checkout,
  point: CrashPoint,
  start: () => ReturnType<Checkout["start"]> = () => startCommand(checkout, point.command),
): Promise<Crash> {
  const { request, match, when, victim } = point;
  const fault = await checkout.admin<Fault>("POST", "/faults", { match, nth: request, action: { kind: "hold", when } });
  const before = (await requestsOf(checkout)).at(-1)?.number ?? 0;
  const { child, end } = start();
  const ended = end.then(() => "ended" as const);
  const outcome = await Promise.race([ended, held(checkout, fault.id)]);
  if (outcome === "ended") {
    await checkout.admin("DELETE", "/faults");
    return { first: await end, left: [] };
  }
  const { number, method, path } = await heldRequest(checkout, before, fault);
  const at = `${method} ${path}`;
  const tree = processTree(child.pid!);
  if (victim === "cli") {
    kill(tree.filter(isPulumi));
    await checkout.admin("DELETE", "/faults");
    const second = await start().end;
    return { at, first: await end, second, left: tree.filter((entry) => !isPulumi(entry)) };
  }
  kill(tree);
  const first = await end;
  await untilLeft(checkout, number);
  if (victim === "machine") {
    kill(serviceOf(checkout));
    await checkout.reconnect();
  } else {
    await checkout.admin("DELETE", "/faults");
  }
  return { at, first, left: [] };
}

/** Resolves when the fault has met its request. */
async function held(checkout: Checkout, id: number): Promise<"held"> {
  for (;;) {
    const { faults } = await checkout.admin<{ faults: Fault[] }>("GET", "/faults");
    const fault = faults.find((one) => one.id === id);
    if (!fault) return new Promise(() => undefined);
    if (fault.fired > 0) return "held";
    await sleep(50);
  }
}

/** The request that the fault counted as its own; others may be under way with it, and may have come later. */
async function heldRequest(checkout: Checkout, before: number, { match, nth }: Fault): Promise<LoggedRequest> {
  const counted = new RegExp(match, "i");
  const since = (await requestsOf(checkout)).filter(({ number }) => number > before);
  return since.filter(({ method, path }) => counted.test(`${method} ${path.split("?")[0]}`))[nth - 1]!;
}

/** Until the service knows that nobody waits for the request any more: released before that, it would be handled. */
async function untilLeft(checkout: Checkout, held: number): Promise<void> {
  const until = Date.now() + LEFT_MS;
  while (!(await requestsOf(checkout)).some(({ number, left }) => number === held && left)) {
    if (Date.now() > until) throw new Error(`Request ${held} is still waited for after ${LEFT_MS / 1000} s.`);
    await sleep(15);
  }
}

async function requestsOf(checkout: Checkout): Promise<LoggedRequest[]> {
  return (await checkout.admin<{ requests: LoggedRequest[] }>("GET", "/requests")).requests;
}

function isPulumi({ command }: ProcessEntry): boolean {
  return /^(\S*\/)?pulumi\s/.test(command);
}

/** The rehearsal service of a checkout. */
export function serviceOf({ folder }: Checkout): ProcessEntry[] {
  return processes().filter(({ command }) => command.includes("rehearsal/serve.ts") && command.includes(folder));
}
