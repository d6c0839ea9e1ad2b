import type { LoggedRequest } from "local-azure/admin/request-log";
import { crashDisturbance } from "./crash-disturbance";
import type { Victim } from "./crash-point";
import { faultDisturbance } from "./fault-disturbance";
import { spread } from "./matrix";
import { isWrite } from "./reference";
import type { Disturbance, DisturbedCommand } from "./run-case";

/** Which requests are disturbed, and how. */
export interface Selection {
  matrix: "crash" | "faults";
  victims: Victim[];
  /** Names of faults. */
  faults: string[];
  /** Regular expression: only the first request whose `METHOD /path` matches. */
  match?: string;
  /** Every n-th request, from the `offset`-th on, counted from 1. */
  every: number;
  offset: number;
  /** Only requests that change something. */
  writes: boolean;
}

/** Requests that change something come first. */
export function disturbancesOf(
  command: DisturbedCommand,
  requests: LoggedRequest[],
  selection: Selection,
): Disturbance[] {
  const { match, every, offset, writes } = selection;
  if (match !== undefined) {
    const first = requests.find(({ method, path }) => new RegExp(match, "i").test(`${method} ${path}`));
    return first ? atRequest(command, 1, first, selection) : [];
  }
  const at = (wanted: (request: LoggedRequest) => boolean) =>
    spread(
      requests.flatMap((request, index) => {
        const chosen = (index + 1 - offset) % every === 0 && wanted(request);
        return chosen ? atRequest(command, index + 1, request, selection) : [];
      }),
    );
  return writes ? at(isWrite) : [...at(isWrite), ...at((request) => !isWrite(request))];
}

function atRequest(
  command: DisturbedCommand,
  request: number,
  { method, path }: LoggedRequest,
  { matrix, victims, faults, match }: Selection,
): Disturbance[] {
  if (matrix === "crash") {
    return victims.flatMap((victim) =>
      (["before", "after"] as const).map((when) => crashDisturbance({ command, request, match, when, victim })),
    );
  }
  return faults
    .filter((fault) => happensTo(fault, method, path))
    .map((fault) => faultDisturbance({ command, fault, request, match }));
}

const LISTS =
  /\/(files|jobs|events|checkpoints|models|deployments|roleAssignments|usages|accounts|deletedAccounts|resources)$/i;

/** Some faults need a certain request; an answer that is lost after handling is the same as one before it where nothing is changed. */
function happensTo(fault: string, method: string, path: string): boolean {
  if (fault === "reset-upload") return method === "POST" && path.endsWith("/files");
  if (fault === "repeat-page") return method === "GET" && LISTS.test(path);
  return !fault.endsWith("-after") || fault === "drop-after" || isWrite({ method, path });
}
