import type { RemoteEvent, RemoteJob, RemoteJobs } from "./remote-jobs";

/** The bill is among the last events of a job; what graders used is in those of all steps. */
const NEWEST_EVENTS = 100;

/**
 * What a job was billed for, in tokens of all epochs together: its event `Training tokens billed: N` (whole thousands; 0 for a job that
 * failed after its training). `trained_tokens` is not it: in every public record of a job that is the file's bytes / 4 x epochs, which is
 * a third too much for text and many times too much for images.
 *
 * @param events - in any order
 * @returns undefined where no event says it: the job has not ended, or is billed by the hour
 */
export function billedTokens(events: RemoteEvent[]): number | undefined {
  for (const { message } of events) {
    const bill = /^Training tokens billed: (\d[\d,]*)/.exec(message ?? "");
    if (bill) return Number(bill[1]!.replaceAll(",", ""));
  }
  return undefined;
}

/**
 * The newest events of an ended job; none when they can't be read: they only inform. Asked for twice, since an ended job's state keeps
 * for good what is found here.
 */
export async function eventsOfEnded(jobs: RemoteJobs, { id }: RemoteJob): Promise<RemoteEvent[]> {
  const ask = () => jobs.events(id, NEWEST_EVENTS);
  return ask()
    .catch(ask)
    .catch(() => []);
}

/**
 * `5,000 tokens billed`, or `4.12 hours billed`, or that it is not known.
 *
 * @param hours - of a training that is billed by the hour, where the job tells them
 * @param takenOver - whether the job was only taken over, so that this is no new bill. Default false.
 */
export function billedInWords(tokens: number | null | undefined, takenOver = false, hours?: number): string {
  if (typeof tokens !== "number" && hours === undefined) return BILL_UNKNOWN;
  const billed =
    hours === undefined ? `${tokens!.toLocaleString("en-US")} tokens billed` : `${hours.toFixed(2)} hours billed`;
  return takenOver ? `${billed} when the job ran; adopting it costs nothing` : billed;
}

export const BILL_UNKNOWN = "billed tokens unknown (none of the job's events report them)";
