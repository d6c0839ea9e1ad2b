import type { Checkout } from "../e2e/checkout";
import { crash } from "./crash";
import { describePoint, type CrashPoint } from "./crash-point";
import { kill, lingering, stillRunning } from "./process-tree";
import { type Disturbance, type Disturbed, failure, startCommand } from "./run-case";

/** Kills the command at a point; then `npm run recover` and the same command again. */
export function crashDisturbance(point: CrashPoint): Disturbance {
  return { command: point.command, name: describePoint(point), run: (checkout) => crashAndGoOn(checkout, point) };
}

async function crashAndGoOn(checkout: Checkout, point: CrashPoint): Promise<Disturbed> {
  const { at, first, second, left } = await crash(checkout, point);
  if (at === undefined) return { problems: failure(first, point.command) };
  const problems: string[] = [];
  // Beside living providers the stack is locked: the second run must end at once and say what to do.
  if (second && (second.code === 0 || !second.output.includes("npm run recover")))
    problems.push(`the second run ended with ${second.code} and did not name npm run recover`);
  problems.push(...failure(await checkout.run("commands/recover", "--stack", "local"), "recover"));
  problems.push(...failure(await startCommand(checkout, point.command).end, point.command));
  for (const { pid, command } of await lingering(left)) problems.push(`still runs: ${pid} ${command}`);
  kill(stillRunning(left));
  return { at, problems };
}
