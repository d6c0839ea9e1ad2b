/** One call of the engine while it runs: how it waits, how it is ended and where it says something. */
export interface EngineCall {
  /** Aborts when the time for the operation (customTimeouts, 2 hours by default) is over. */
  signal: AbortSignal;
  /** Resolves after `ms`, rejects when the signal aborts. */
  wait(ms: number): Promise<void>;
  /** A warning on the resource's line of the CLI's display. */
  warn(message: string): void;
}

/** azure-native's default for one create, update or delete. */
export const DEFAULT_TIMEOUT_S = 2 * 60 * 60;

/** What an error says to a user; of a signal's own error at the end of its time Node says only "aborted due to timeout". */
export function messageOf(error: unknown): string {
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown };
  if (name === "TimeoutError") {
    return (
      "The operation timed out. It may still be running in Azure: check there, or raise the resource's " +
      "customTimeouts, then run the command again."
    );
  }
  return typeof message === "string" ? message : String(error);
}

export function timedWait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
