import { AzureError } from "../../http/azure-error";
import type { DeploymentRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { Call } from "../api/call";

const MINUTE_MS = 60_000;

/** Calls of the last minute, oldest first from `start` on, and their tokens. */
interface Recent {
  calls: { at: number; tokens: number }[];
  start: number;
  tokens: number;
}

/** By deployment, in memory: a restart forgives. */
const windows = new WeakMap<World, WeakMap<DeploymentRecord, Recent>>();

/**
 * Counts a call against the deployment's tokens per minute: capacity x `tokensPerMinutePerCapacity` of the settings
 * (1,000 on Azure; the default is generous, so that rehearsals do not wait). Requests per minute are six per 1,000 tokens.
 * @throws AzureError 429 with Retry-After
 */
export function takeTokens(call: Call, deployment: DeploymentRecord, tokens: number): void {
  const perMinute = deployment.sku.capacity * call.world.settings.tokensPerMinutePerCapacity;
  const requests = Math.max(1, Math.floor((perMinute / 1000) * 6));
  const recent = recentOf(call.world, deployment);
  forget(recent, call.now - MINUTE_MS);
  const count = recent.calls.length - recent.start;
  const oldest = recent.calls[recent.start];
  // One call always fits into an empty minute, however long it is.
  if (oldest && (recent.tokens + tokens > perMinute || count >= requests))
    throw exceeded(call, Math.ceil((oldest.at + MINUTE_MS - call.now) / 1000));
  recent.calls.push({ at: call.now, tokens });
  recent.tokens += tokens;
  void call.reply
    .header("x-ratelimit-remaining-tokens", String(Math.max(0, perMinute - recent.tokens)))
    .header("x-ratelimit-remaining-requests", String(Math.max(0, requests - count - 1)));
}

/** Leaves out what is a minute old. The list itself is shortened now and then: at a thousand calls a second, each time would cost. */
function forget(recent: Recent, until: number): void {
  while (recent.start < recent.calls.length && recent.calls[recent.start]!.at <= until) {
    recent.tokens -= recent.calls[recent.start]!.tokens;
    recent.start += 1;
  }
  if (recent.start < 1000 || recent.start * 2 < recent.calls.length) return;
  recent.calls = recent.calls.slice(recent.start);
  recent.start = 0;
}

function recentOf(world: World, deployment: DeploymentRecord): Recent {
  const ofWorld = windows.get(world) ?? new WeakMap<DeploymentRecord, Recent>();
  windows.set(world, ofWorld);
  const recent = ofWorld.get(deployment) ?? { calls: [], start: 0, tokens: 0 };
  ofWorld.set(deployment, recent);
  return recent;
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
