import type { JobDetail, LiveLine, RequestDetail } from "local-azure/live/shapes";
import { connection, take } from "./state";

/** Both are the service's: `live/guard.ts`, `admin/live-link.ts`. */
const header = "x-local-azure-live";
const root = "/local-azure/live";

/** The service sends a line at least four times a second; a connection that is silent for so long is dead. */
const silenceMs = 5_000;
/** Between tries: a service that is being restarted is back in a second. */
const againMs = 1_000;

/** Stands in the address, behind the `#`, which the browser sends nowhere. */
function token(): string {
  return new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
}

class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Follows the service for as long as the page is open. */
export async function follow(): Promise<void> {
  for (;;) {
    try {
      await listen();
      lose();
    } catch (error) {
      if (error instanceof Refused && error.status < 500) {
        connection.value = { state: "refused", message: error.message };
        return;
      }
      lose(error instanceof Refused ? error.message : undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

function lose(
  message = "The service has ended or is being restarted. The page shows the last data it received and will reconnect.",
) {
  connection.value = { state: "lost", message };
}

/** Ends when the connection does. @throws Refused, or what the browser says of a connection that can't be made */
async function listen(): Promise<void> {
  const stop = new AbortController();
  let silence = setTimeout(() => stop.abort(), silenceMs);
  try {
    const response = await send("/stream", stop.signal);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    connection.value = { state: "live" };
    let rest = "";
    for (;;) {
      const { done, value = "" } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(() => stop.abort(), silenceMs);
      const lines = (rest + value).split("\n");
      rest = lines.pop()!;
      for (const line of lines) take(JSON.parse(line) as LiveLine);
    }
  } finally {
    clearTimeout(silence);
  }
}

export async function requestDetail(number: number): Promise<RequestDetail> {
  return (await (await send(`/requests/${number}`)).json()) as RequestDetail;
}

export async function jobDetail(account: string, id: string): Promise<JobDetail> {
  return (await (
    await send(`/accounts/${encodeURIComponent(account)}/jobs/${encodeURIComponent(id)}`)
  ).json()) as JobDetail;
}

async function send(path: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(root + path, { headers: { [header]: token() }, signal });
  if (response.ok) return response;
  const { message = "The service refuses to answer." } = (await response.json()) as { message?: string };
  throw new Refused(response.status, message);
}
