import type { DataPlane } from "../azure-openai/data-plane";
import { billedTokens, eventsOfEnded } from "../azure-openai/billed-tokens";
import { AzureFailure } from "../azure-openai/failure";
import { isTerminal, type RemoteCheckpoint, type RemoteEvent, type RemoteJob } from "../azure-openai/remote-jobs";
import { parseResults } from "../dynamic-providers/trained-model/results-table";
import type { DatasetState } from "../dynamic-providers/dataset/schema";
import type { StepMetrics } from "../dynamic-providers/trained-model/schema";
import { histogramsOf } from "./histograms";
import type { Histograms } from "./report-data";

/** Newest events per look. With one metrics event every ten steps, a look every few seconds misses none. */
const EVENTS_PER_LOOK = 100;

/** What was read of jobs already: result files and checkpoints of ended jobs don't change, and events only grow. */
export class JobMemory {
  private readonly events = new Map<string, Map<string, RemoteEvent>>();
  private readonly results = new Map<string, StepMetrics[]>();
  private readonly bills = new Map<string, number | undefined>();
  private readonly files = new Map<string, Promise<Histograms | undefined>>();
  private readonly checkpoints = new Map<string, RemoteCheckpoint[]>();

  /** All events seen so far, newest first. */
  async eventsOf(dataPlane: DataPlane, job: RemoteJob): Promise<RemoteEvent[]> {
    const seen = this.events.get(job.id) ?? new Map<string, RemoteEvent>();
    this.events.set(job.id, seen);
    // Events only inform: what is known of them already is shown where they can't be read now.
    const newest = await dataPlane.jobs.events(job.id, EVENTS_PER_LOOK).catch(() => []);
    for (const event of newest.reverse()) seen.set(event.id, event);
    return [...seen.values()].reverse();
  }

  /** Rows of results.csv, as far as it is written; none when there is no such file (any more). */
  async resultsOf(dataPlane: DataPlane, job: RemoteJob): Promise<StepMetrics[]> {
    const fileId = job.result_files?.[0];
    if (!fileId) return [];
    // Whether the service lets an unfinished file be read is not documented; the events tell the same, more coarsely.
    if (!isTerminal(job.status)) return parseResults(await dataPlane.files.text(fileId).catch(() => ""));
    const known = this.results.get(job.id);
    if (known) return known;
    const steps = parseResults(await dataPlane.files.text(fileId).catch(emptyIfGone));
    this.results.set(job.id, steps);
    return steps;
  }

  /** Tokens that an ended job was billed for; undefined where no event tells it. */
  async billOf(dataPlane: DataPlane, job: RemoteJob): Promise<number | undefined> {
    if (this.bills.has(job.id)) return this.bills.get(job.id);
    const events = await eventsOfEnded(dataPlane.jobs, job);
    const bill = billedTokens(events);
    // Without any, they could not be read: the next look tries again.
    if (events.length > 0) this.bills.set(job.id, bill);
    return bill;
  }

  /** Distributions of a dataset file, by its content. */
  histograms(data: DatasetState): Promise<Histograms | undefined> {
    const key = `${data.sha256} ${data.path}`;
    const known = this.files.get(key) ?? histogramsOf(data);
    this.files.set(key, known);
    return known;
  }

  async checkpointsOf(dataPlane: DataPlane, job: RemoteJob): Promise<RemoteCheckpoint[]> {
    const known = this.checkpoints.get(job.id);
    if (known) return known;
    const checkpoints = await dataPlane.jobs.checkpoints(job.id);
    if (isTerminal(job.status)) this.checkpoints.set(job.id, checkpoints);
    return checkpoints;
  }
}

function emptyIfGone(error: unknown): string {
  if (error instanceof AzureFailure && error.notFound) return "";
  throw error;
}
