import { ArmError, type ArmAnswer } from "./arm-answer";
import type { EngineCall } from "./engine-call";

/** API version that azcore's registration policy uses. */
const API_VERSION = "2019-05-01";
const POLL_MS = 10_000;

export function isUnregistered(answer: ArmAnswer): boolean {
  return answer.status === 409 && answer.errorCode === "MissingSubscriptionRegistration";
}

/** What of a Resource Manager client a registration needs. */
interface Requests {
  get(path: string, apiVersion: string, operation: EngineCall): Promise<ArmAnswer>;
  post(path: string, apiVersion: string, operation: EngineCall): Promise<ArmAnswer>;
}

/** Registers the namespace of the resource at `path` (`Microsoft.CognitiveServices`) and waits until that is done. */
export async function registerNamespace(client: Requests, path: string, operation: EngineCall): Promise<void> {
  const match = /^\/subscriptions\/([^/]+)\/.*?\/providers\/([^/]+)/i.exec(path);
  if (!match) throw new Error(`The resource provider of ${path} is not registered in its subscription.`);
  const provider = `/subscriptions/${match[1]}/providers/${match[2]}`;
  operation.warn(`Registering ${match[2]} in subscription ${match[1]}; this takes a minute or two.`);
  let answer = await client.post(`${provider}/register`, API_VERSION, operation);
  for (;;) {
    if (answer.status !== 200) throw ArmError.of(answer);
    if (answer.body?.registrationState === "Registered") return;
    await operation.wait(answer.retryAfterMs() ?? POLL_MS);
    answer = await client.get(provider, API_VERSION, operation);
  }
}
