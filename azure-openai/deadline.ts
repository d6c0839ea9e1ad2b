/**
 * Runs a request that must have ended, with its answer's body, within `milliseconds`: the clients' own time limits end with the
 * answer's headers. The time is a real one, by a timer that no step of the clock moves.
 *
 * @param request - gets the signal that aborts it; when it doesn't listen, it is left alone
 * @throws DOMException `TimeoutError` when the time is over
 */
export async function withDeadline<T>(milliseconds: number, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new DOMException("The response was not complete in time.", "TimeoutError");
      controller.abort(reason);
      reject(reason);
    }, milliseconds);
  });
  try {
    return await Promise.race([request(controller.signal), over]);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}
