import { AzureError } from "../../http/azure-error";
import type { DeploymentRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { Call } from "../api/call";

const MINUTE_MS = 60_000;

/** Calls of the last minute per deployment, in memory: a restart forgives. */
const windows = new WeakMap<World, WeakMap<DeploymentRecord, { at: number; tokens: number }[]>>();

/**
 * Counts a call against the deployment's tokens per minute: capacity x `tokensPerMinutePerCapacity` of the settings
 * (1,000 on Azure; the default is generous, so that rehearsals do not wait). Requests per minute are six per 1,000 tokens.
 * @throws AzureError 429 with Retry-After
 */
export function takeTokens(call: Call, deployment: DeploymentRecord, tokens: number): void {
  const perMinute = deployment.sku.capacity * call.world.settings.tokensPerMinutePerCapacity;
  const requests = Math.max(1, Math.floor((perMinute / 1000) * 6));
  const recent = windowOf(call.world, deployment).filter(({ at }) => at > call.now - MINUTE_MS);
  const used = recent.reduce((sum, entry) => sum + entry.tokens, 0);
  const oldest = recent[0];
  // One call always fits into an empty minute, however long it is.
  if (oldest && (used + tokens > perMinute || recent.length >= requests))
    throw exceeded(call, Math.ceil((oldest.at + MINUTE_MS - call.now) / 1000));
  recent.push({ at: call.now, tokens });
  windows.get(call.world)!.set(deployment, recent);
  void call.reply
    .header("x-ratelimit-remaining-tokens", String(Math.max(0, perMinute - used - tokens)))
    .header("x-ratelimit-remaining-requests", String(Math.max(0, requests - recent.length)));
}

function windowOf(world: World, deployment: DeploymentRecord): { at: number; tokens: number }[] {
  const ofWorld = windows.get(world) ?? new WeakMap<DeploymentRecord, { at: number; tokens: number }[]>();
  windows.set(world, ofWorld);
  return ofWorld.get(deployment) ?? [];
}

function exceeded({ flavour }: Call, seconds: number): AzureError {
  const version = flavour.kind === "v1" ? "v1" : flavour.apiVersion;
  return new AzureError(
    429,
    "429",
    `Requests to the ChatCompletions_Create Operation under Azure OpenAI API version ${version} have exceeded call rate ` +
      `limit of your current OpenAI S0 pricing tier. Please retry after ${seconds} seconds. Please go here: ` +
      "https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.",
    { "retry-after": String(seconds), "retry-after-ms": String(seconds * 1000) },
  );
}
