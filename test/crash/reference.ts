import type { LoggedRequest } from "local-azure/admin/request-log";
import type { Settings } from "local-azure/world/settings";
import type { Checkout } from "../e2e/checkout";
import { type DisturbedCommand, type Expected, startCommand } from "./run-case";
import { resultOf } from "./verdict";

/** As quick as can be: what is tested here is the order of things, not their time. */
export const pace: Partial<Settings> = {
  trainingSeconds: 0.2,
  accountSeconds: 0.1,
  deploymentSeconds: 0.2,
  deploymentWarmupSeconds: 0.1,
  fileSeconds: 0.1,
  rbacLagSeconds: 0.1,
  quotaFreeSeconds: 0.1,
  purgeSeconds: 0.1,
};

/** An undisturbed life of a stack. */
export interface Reference {
  /** Requests of each command, in their order. */
  requests: Partial<Record<DisturbedCommand, LoggedRequest[]>>;
  expected: Expected;
}

/**
 * Runs a life undisturbed; the stack is empty before and after.
 *
 * @param life - its commands
 * @throws Error when one of the commands fails
 */
export async function measure(checkout: Checkout, life: DisturbedCommand[]): Promise<Reference> {
  const run = async (command: DisturbedCommand): Promise<LoggedRequest[]> => {
    const before = (await requestsOf(checkout)).length;
    const { code, output } = await startCommand(checkout, command).end;
    if (code !== 0) throw new Error(`${command} without any disturbance ended with ${code}:\n${output}`);
    return (await requestsOf(checkout)).slice(before);
  };
  const requests: Reference["requests"] = {};
  const expected: Partial<Expected> = {};
  for (const command of life) {
    requests[command] = await run(command);
    if (command !== "destroy") expected[command] = await resultOf(checkout);
  }
  return { requests, expected: expected as Expected };
}

/** Whether a request changes something; signing in doesn't. */
export function isWrite({ method, path }: Pick<LoggedRequest, "method" | "path">): boolean {
  return method !== "GET" && !path.endsWith("/token");
}

async function requestsOf(checkout: Checkout): Promise<LoggedRequest[]> {
  return (await checkout.admin<{ requests: LoggedRequest[] }>("GET", "/requests")).requests;
}
