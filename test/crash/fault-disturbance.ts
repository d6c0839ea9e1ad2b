import type { LoggedRequest } from "local-azure/admin/request-log";
import type { Fault, FaultAction } from "local-azure/faults/fault";
import { cognitiveServicesClient } from "../e2e/azure-clients";
import type { Checkout } from "../e2e/checkout";
import { type Disturbance, type DisturbedCommand, type Disturbed, failure, startCommand } from "./run-case";

const PAGE = "<html><head><title>Not here</title></head><body><h1>The gateway has no such page</h1></body></html>";
const html = { contentType: "text/html; charset=utf-8", body: PAGE };
const empty = { contentType: "application/json", body: "{}" };
const error = {
  contentType: "application/json",
  body: `{"error":{"code":"UpstreamError","message":"The upstream service did not answer."}}`,
};

/**
 * Well-formed HTTP that is not Azure's, instead of handling the request; with `-after`, instead of the answer to a request that was
 * handled.
 */
export const foreignAnswers: Record<string, FaultAction> = {
  "404-html": { kind: "reply", when: "before", status: 404, ...html },
  "410-html": { kind: "reply", when: "before", status: 410, ...html },
  "200-html": { kind: "reply", when: "before", status: 200, ...html },
  "200-empty": { kind: "reply", when: "before", status: 200, ...empty },
  "200-error": { kind: "reply", when: "before", status: 200, ...error },
  "200-html-after": { kind: "reply", when: "after", status: 200, ...html },
  "200-empty-after": { kind: "reply", when: "after", status: 200, ...empty },
  "200-error-after": { kind: "reply", when: "after", status: 200, ...error },
  "repeat-page": { kind: "repeat-page" },
};

/** What can happen to a request, by a short name. */
export const faultActions: Record<string, FaultAction> = {
  "drop-before": { kind: "drop", when: "before" },
  "drop-after": { kind: "drop", when: "after" },
  delay: { kind: "delay", when: "after", ms: 3_000 },
  truncate: { kind: "truncate" },
  "401": { kind: "answer", status: 401, code: "401", message: "The access token is not valid." },
  "403": {
    kind: "answer",
    status: 403,
    code: "AuthorizationFailed",
    message: "The client does not have authorization.",
  },
  "408": { kind: "answer", status: 408, code: "RequestTimeout", message: "The request timed out." },
  "409": { kind: "answer", status: 409, code: "RequestConflict", message: "Another operation is being performed." },
  "429": { kind: "answer", status: 429, code: "429", message: "Too many requests.", retryAfterSeconds: 1 },
  "429-ms": { kind: "answer", status: 429, code: "429", message: "Too many requests.", retryAfterMs: 200 },
  "500": { kind: "answer", status: 500, code: "InternalServerError", message: "The server had an error." },
  "502": { kind: "answer", status: 502, code: "BadGateway", message: "Bad gateway." },
  "503": { kind: "answer", status: 503, code: "ServiceUnavailable", message: "Please retry later." },
  "reset-upload": { kind: "reset-upload", afterBytes: 2_000 },
  ...foreignAnswers,
};

/** One fault at one request of a command. */
export interface FaultPoint {
  command: DisturbedCommand;
  /** A name of `faultActions`. */
  fault: string;
  /** Counted from 1. */
  request: number;
  /** Counts only requests whose `METHOD /path` this regular expression matches. Default: all. */
  match?: string;
}

/** Runs the command through a fault; where it fails, in a sentence, the same command again must succeed. */
export function faultDisturbance(point: FaultPoint): Disturbance {
  const name = `${point.command} ${point.fault} at ${point.match ?? point.request}`;
  return { command: point.command, name, run: (checkout) => runThrough(checkout, point) };
}

async function runThrough(checkout: Checkout, { command, fault, request, match }: FaultPoint): Promise<Disturbed> {
  const { requests: before } = await log(checkout);
  const action = faultActions[fault];
  const set = await checkout.admin<Fault>("POST", "/faults", { match, nth: request, action });
  const first = await startCommand(checkout, command).end;
  const { faults } = await checkout.admin<{ faults: Fault[] }>("GET", "/faults");
  await checkout.admin("DELETE", "/faults");
  if (!faults.some(({ id, fired }) => id === set.id && fired > 0)) return { problems: failure(first, command) };
  const at = match ?? (await log(checkout)).requests[before.length + request - 1];
  const hit = typeof at === "string" ? at : `${at?.method} ${at?.path}`;
  await purgeAsAsked(checkout, first.output);
  if (first.code === 0) return { at: hit, problems: [] };
  const second = await startCommand(checkout, command).end;
  return { at: hit, problems: [...unclear(first.output), ...failure(second, `the second ${command}`)] };
}

/** Who may not purge is told what is left; somebody who may then purges it. */
async function purgeAsAsked({ cloud }: Checkout, output: string): Promise<void> {
  const left =
    /left: the account (\S+) was deleted but not purged: the \S+ permission on the subscription is missing/.exec(
      output,
    );
  if (!left) return;
  const { deletedAccounts } = cognitiveServicesClient(cloud);
  for await (const { id, name } of deletedAccounts.list()) {
    const [, location, group] = /locations\/([^/]+)\/resourceGroups\/([^/]+)/i.exec(id!)!;
    if (name === left[1]) await deletedAccounts.beginPurgeAndWait(location!, group!, name!);
  }
}

/** A failure must be told in sentences: no stack trace, and an error at all. */
function unclear(output: string): string[] {
  return [
    ...(/^\s+at .+:\d+:\d+\)?$/m.test(output) ? ["the failure came with a stack trace"] : []),
    ...(/error:/.test(output) ? [] : ["the failure came without a reason"]),
  ];
}

function log(checkout: Checkout): Promise<{ requests: LoggedRequest[] }> {
  return checkout.admin("GET", "/requests");
}
