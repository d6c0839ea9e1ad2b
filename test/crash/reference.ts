import type { LoggedRequest } from "../../local-azure/src/admin/request-log";
import type { Settings } from "../../local-azure/src/world";
import type { Checkout } from "../e2e/checkout";
import { type DisturbedCommand, startCommand } from "./run-case";
import { resultOf, type Result } from "./verdict";

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
  /** Requests of `up` and of `destroy`, in their order. */
  up: LoggedRequest[];
  destroy: LoggedRequest[];
  result: Result;
}

/** Runs `up` and `destroy` undisturbed; the stack is empty before and after. @throws Error when one of them fails */
export async function measure(checkout: Checkout): Promise<Reference> {
  const run = async (command: DisturbedCommand): Promise<LoggedRequest[]> => {
    const before = (await requests(checkout)).length;
    const { code, output } = await startCommand(checkout, command).end;
    if (code !== 0) throw new Error(`${command} without any disturbance ended with ${code}:\n${output}`);
    return (await requests(checkout)).slice(before);
  };
  const up = await run("up");
  const result = await resultOf(checkout);
  return { up, result, destroy: await run("destroy") };
}

/** Whether a request changes something; signing in doesn't. */
export function isWrite({ method, path }: LoggedRequest): boolean {
  return method !== "GET" && !path.endsWith("/token");
}

async function requests(checkout: Checkout): Promise<LoggedRequest[]> {
  return (await checkout.admin<{ requests: LoggedRequest[] }>("GET", "/requests")).requests;
}
