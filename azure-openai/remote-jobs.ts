import type { Calls } from "./calls";
import { listAll } from "./list-all";
import type { Requests } from "./requests";
import { checkpointShape, eventShape, jobShape } from "./shapes";
import { expectId, expectShape, UnexpectedAnswer } from "./unexpected-answer";

/** A fine-tuning job as both API flavours give it; fields that are unset are left out by the service, or null. */
export interface RemoteJob {
  id: string;
  /** Base model with its version, e.g. `gpt-4o-mini-2024-07-18`. */
  model: string;
  status: string;
  /** Unix seconds. */
  created_at: number;
  finished_at?: number | null;
  estimated_finish?: number | null;
  fine_tuned_model?: string | null;
  training_file?: string | null;
  validation_file?: string | null;
  result_files?: string[] | null;
  trained_tokens?: number | null;
  /** On record for one job that was billed by the hour (qwen, 2026-10). */
  training_hours_billed?: number | null;
  seed?: number | null;
  suffix?: string | null;
  /** `-1` or `auto` means that the service chooses. */
  hyperparameters?: Record<string, number | string | null>;
  method?: { type?: string } | null;
  /** As requested; whether the service always returns it is not documented. */
  trainingType?: string | null;
  error?: { code?: string | null; message?: string | null } | null;
}

export interface RemoteEvent {
  id: string;
  created_at: number;
  level: string;
  message: string;
  type?: string;
  data?: Record<string, unknown> | null;
}

export interface RemoteCheckpoint {
  id: string;
  fine_tuned_model_checkpoint: string;
  step_number: number;
  metrics: Record<string, number>;
}

/** Body of a job's creation. */
export type JobRequest = Record<string, unknown> & { model: string; training_file: string };

/** The only statuses a job doesn't leave. The two flavours name the others differently, and new ones may come. */
const TERMINAL = new Set(["succeeded", "failed", "cancelled"]);

export function isTerminal(status: string | undefined): boolean {
  return status !== undefined && TERMINAL.has(status);
}

const JOBS = "/fine_tuning/jobs";

/** Fine-tuning jobs of one account. All methods throw AzureFailure. */
export class RemoteJobs {
  constructor(
    private readonly v1: Requests,
    private readonly dated: Requests,
    private readonly calls: Calls,
  ) {}

  /** Every job of the account, over all pages. */
  list(): Promise<RemoteJob[]> {
    return this.calls.run("Listing the fine-tuning jobs", async () => {
      const page = (query: object) => this.v1.send("get", JOBS, { query });
      return (await listAll(page, jobShape, "a list of fine-tuning jobs", 100)) as RemoteJob[];
    });
  }

  get(id: string): Promise<RemoteJob> {
    return this.calls.run(`Looking up the job ${id}`, async () => sameJob(await this.v1.send("get", path(id)), id));
  }

  /**
   * Costs money: never repeated when it is unclear whether it was handled. The caller looks for the job.
   * @param beforeRepetition - called before a repetition: it may come many minutes after the first attempt (429, roles)
   */
  create(request: JobRequest, beforeRepetition?: () => Promise<void>): Promise<RemoteJob> {
    return this.calls.run(
      "Submitting the fine-tuning job",
      async () => ofRequest(await this.v1.send("post", JOBS, { body: request }), request),
      "once",
      beforeRepetition,
    );
  }

  cancel(id: string): Promise<RemoteJob> {
    return this.act(`Cancelling the job ${id}`, id, "cancel");
  }

  pause(id: string): Promise<RemoteJob> {
    return this.act(`Pausing the job ${id}`, id, "pause");
  }

  resume(id: string): Promise<RemoteJob> {
    return this.act(`Resuming the job ${id}`, id, "resume");
  }

  /** Removes the job's record and its model. Only the dated API has it. */
  async delete(id: string): Promise<void> {
    await this.calls.run(`Deleting the job ${id}`, () => this.dated.delete(path(id), "the job's deletion"));
  }

  /** The newest events, newest first. What is no event is left out: events only inform. */
  events(id: string, limit: number): Promise<RemoteEvent[]> {
    return this.calls.run(`Reading the events of ${id}`, async () => {
      const page = await this.v1.send("get", `${path(id)}/events`, { query: { limit } });
      const data = (page as { data?: unknown } | null | undefined)?.data;
      if (!Array.isArray(data)) throw new UnexpectedAnswer("a list of events", "a response without one");
      return data.flatMap((one) => {
        const event = eventShape.safeParse(one);
        return event.success ? [event.data] : [];
      });
    });
  }

  checkpoints(id: string): Promise<RemoteCheckpoint[]> {
    return this.calls.run(`Listing the checkpoints of ${id}`, async () => {
      const page = (query: object) => this.v1.send("get", `${path(id)}/checkpoints`, { query });
      return (await listAll(page, checkpointShape, "a list of checkpoints", 100)) as RemoteCheckpoint[];
    });
  }

  private act(doing: string, id: string, verb: string): Promise<RemoteJob> {
    return this.calls.run(doing, async () => sameJob(await this.v1.send("post", `${path(id)}/${verb}`), id));
  }
}

function path(id: string): string {
  return `${JOBS}/${encodeURIComponent(id)}`;
}

function toRemoteJob(answer: unknown): RemoteJob {
  return expectShape(jobShape, answer, "a fine-tuning job") as RemoteJob;
}

/**
 * The job that was submitted, distinguished by its file from others that a cache or a gateway may answer with. Where it is another, the list
 * decides: a job of ours is found there by its marker.
 */
function ofRequest(answer: unknown, { training_file }: JobRequest): RemoteJob {
  const job = toRemoteJob(answer);
  if ((job.training_file ?? training_file) !== training_file)
    throw new UnexpectedAnswer("the job that was submitted", "another job");
  return job;
}

function sameJob(answer: unknown, id: string): RemoteJob {
  const job = toRemoteJob(answer);
  expectId(job, id, "the job");
  return job;
}
