import type { ArmAnswer } from "./arm-answer";
import type { EngineCall } from "./engine-call";
import { NoAnswer } from "./transport";

/** azcore's waits, as azure-native sets them, where the service names none. */
const AFTER_ANSWER_MS = [20_000, 60_000, 120_000];
/** When there is no answer. azure-native waits as above, silent for minutes; here a dead endpoint is reported in seconds. */
const AFTER_NO_ANSWER_MS = [500, 1_500, 3_000];

const RETRIED_STATUS = [408, 429, 500, 502, 503, 504];
/** The 409s that azure-native retries. RequestConflict, Azure's answer to parallel writes, is not one of them. */
const RETRIED_CONFLICTS = ["AnotherOperationInProgress", "TransientError", "ConflictingConcurrentWriteNotAllowed"];

/** Sends until there is an answer that is not worth a retry, at most four times; says so at the first retry. */
export async function withRetries(send: () => Promise<ArmAnswer>, operation: EngineCall): Promise<ArmAnswer> {
  for (let retry = 0; ; retry++) {
    const result = await send().catch((error: unknown) => {
      if (error instanceof NoAnswer && !error.permanent && retry < AFTER_NO_ANSWER_MS.length) return error;
      throw error;
    });
    const waitMs = result instanceof NoAnswer ? AFTER_NO_ANSWER_MS[retry] : waitBeforeRetry(result, retry);
    if (waitMs === undefined) return result as ArmAnswer;
    if (retry === 0) operation.warn(retryNote(result, waitMs));
    await operation.wait(waitMs);
  }
}

function waitBeforeRetry(answer: ArmAnswer, retry: number): number | undefined {
  const isTransient =
    RETRIED_STATUS.includes(answer.status) ||
    (answer.status === 409 && RETRIED_CONFLICTS.includes(answer.errorCode ?? ""));
  const backOff = AFTER_ANSWER_MS[retry];
  return isTransient && backOff !== undefined ? (answer.retryAfterMs() ?? backOff) : undefined;
}

function retryNote(result: ArmAnswer | NoAnswer, waitMs: number): string {
  const what = result instanceof NoAnswer ? result.message : `Resource Manager returned ${statusLine(result)}.`;
  return `${what} Retrying in ${Math.ceil(waitMs / 1000)} s, at most three times.`;
}

function statusLine(answer: ArmAnswer): string {
  return answer.errorCode ? `${answer.status} ${answer.errorCode}` : `${answer.status}`;
}
