import type { AzureOpenAI, OpenAI } from "openai";
import type { Calls } from "./calls";

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
  seed?: number | null;
  suffix?: string | null;
  /** `-1` or `auto` stands for: the service chooses. */
  hyperparameters?: Record<string, number | string | null>;
  method?: { type?: string } | null;
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

/** Fine-tuning jobs of one account. All methods throw AzureFailure. */
export class RemoteJobs {
  constructor(
    private readonly v1: OpenAI,
    private readonly dated: AzureOpenAI,
    private readonly calls: Calls,
  ) {}

  /** Every job of the account, over all pages. */
  list(): Promise<RemoteJob[]> {
    return this.calls.run("Listing the fine-tuning jobs", async () => {
      const jobs: RemoteJob[] = [];
      for await (const job of this.v1.fineTuning.jobs.list({ limit: 100 })) jobs.push(toRemoteJob(job));
      return jobs;
    });
  }

  get(id: string): Promise<RemoteJob> {
    return this.calls.run(`Looking up the job ${id}`, async () =>
      toRemoteJob(await this.v1.fineTuning.jobs.retrieve(id)),
    );
  }

  /**
   * Costs money: never repeated when it is unclear whether it was handled. The caller looks for the job.
   * @param beforeRepetition called before a repetition: it may come many minutes after the first attempt (429, roles)
   */
  create(request: JobRequest, beforeRepetition?: () => Promise<void>): Promise<RemoteJob> {
    const body = request as unknown as OpenAI.FineTuning.JobCreateParams;
    return this.calls.run(
      "Submitting the fine-tuning job",
      async () => toRemoteJob(await this.v1.fineTuning.jobs.create(body)),
      "once",
      beforeRepetition,
    );
  }

  cancel(id: string): Promise<RemoteJob> {
    return this.calls.run(`Cancelling the job ${id}`, async () =>
      toRemoteJob(await this.v1.fineTuning.jobs.cancel(id)),
    );
  }

  pause(id: string): Promise<RemoteJob> {
    return this.calls.run(`Pausing the job ${id}`, async () => toRemoteJob(await this.v1.fineTuning.jobs.pause(id)));
  }

  resume(id: string): Promise<RemoteJob> {
    return this.calls.run(`Resuming the job ${id}`, async () => toRemoteJob(await this.v1.fineTuning.jobs.resume(id)));
  }

  /** Removes the job's record and its model. Only the dated API has it. */
  async delete(id: string): Promise<void> {
    await this.calls.run(`Deleting the job ${id}`, () => this.dated.delete(`/fine_tuning/jobs/${id}`));
  }

  /** The newest events, newest first. */
  events(id: string, limit: number): Promise<RemoteEvent[]> {
    return this.calls.run(`Reading the events of ${id}`, async () => {
      const page = await this.v1.fineTuning.jobs.listEvents(id, { limit });
      return page.data as unknown as RemoteEvent[];
    });
  }

  checkpoints(id: string): Promise<RemoteCheckpoint[]> {
    return this.calls.run(`Listing the checkpoints of ${id}`, async () => {
      const found: RemoteCheckpoint[] = [];
      for await (const checkpoint of this.v1.fineTuning.jobs.checkpoints.list(id, { limit: 100 })) {
        found.push(checkpoint as unknown as RemoteCheckpoint);
      }
      return found;
    });
  }
}

function toRemoteJob(job: unknown): RemoteJob {
  return job as RemoteJob;
}
