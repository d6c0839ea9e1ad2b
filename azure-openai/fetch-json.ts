import { withDeadline } from "./deadline";
import { outboundFetch } from "./outbound/fetch";
import { AnswerError } from "./to-failure";
import { ANSWER_MS } from "./requests";

/**
 * The body of an answer without a client of its own: parsed JSON, or text that is none.
 *
 * @param timeout - for the whole answer, in milliseconds. Default a minute.
 * @throws AnswerError for a status that is no success; what `fetch` throws
 */
export function fetchJson(url: string, init: RequestInit = {}, timeout: number = ANSWER_MS): Promise<unknown> {
  return withDeadline(timeout, async (signal) => {
    const response = await outboundFetch(url, { ...init, signal });
    const text = await response.text();
    const body = parsed(text);
    if (!response.ok) throw new AnswerError(response.status, body, response.headers);
    return body;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
