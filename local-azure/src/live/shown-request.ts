import type { LoggedRequest } from "../admin/request-log";
import type { ShownRequest } from "./shapes";

/** A hostile path may be as long as a header. */
const LONGEST_PATH = 500;
const LONGEST_AGENT = 200;

/** A logged request as the page gets it. */
export function shownRequest({ number, method, path, status, left, at, ms, agent, id }: LoggedRequest): ShownRequest {
  return {
    ...{ number, method, status, at, id, path: path.slice(0, LONGEST_PATH) },
    ...(left && { left }),
    ...(ms !== undefined && { ms }),
    ...(agent !== undefined && { agent: agent.slice(0, LONGEST_AGENT) }),
  };
}
