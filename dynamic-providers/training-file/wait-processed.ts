import { duration } from "../../format/duration";
import { ticks, type Clock } from "../../azure-openai/clock";
import type { DataPlane } from "../../azure-openai/data-plane";
import { pollDelay, type PollPlan } from "../../azure-openai/poll-plan";
import type { RemoteFile } from "../../azure-openai/remote-files";
import type { Say } from "../runtime/say";

/** As long as the openai client's own `waitForProcessing` waits. */
const DEADLINE_MS = 30 * 60_000;
const PLAN: PollPlan = { first: 500, share: 0.05, cap: 5_000 };
const HEARTBEAT_MS = 60_000;

const ENDS = new Set(["processed", "error", "deleted"]);

export interface WaitProcessedOptions {
  clock: Clock;
  say: Say;
  /** Of the file, for its status. */
  name: string;
  /** Ends the process when nobody waits for the result any more. */
  stopIfOrphaned: () => Promise<void>;
}

/** Looks until the service has checked the file, or the deadline has passed; returns it as last seen. @throws AzureFailure */
export async function waitProcessed(
  dataPlane: DataPlane,
  fileId: string,
  { clock, say, name, stopIfOrphaned }: WaitProcessedOptions,
): Promise<RemoteFile> {
  const started = ticks(clock);
  let told = "";
  let toldAt = started;
  for (;;) {
    await stopIfOrphaned();
    const file = await dataPlane.files.get(fileId);
    const elapsed = ticks(clock) - started;
    if (ENDS.has(file.status) || elapsed >= DEADLINE_MS) return file;
    if (file.status !== told || ticks(clock) - toldAt >= HEARTBEAT_MS) {
      say.status(
        `${file.status} ${duration(elapsed)} · the service is checking ${name}; the job can be submitted after that`,
      );
      told = file.status;
      toldAt = ticks(clock);
    }
    await clock.sleep(pollDelay(PLAN, elapsed));
  }
}
