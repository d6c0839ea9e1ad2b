import { AzureFailure } from "../../../azure-openai/failure";
import type { RemoteJob } from "../../../azure-openai/remote-jobs";
import type { JobQueue } from "../../../dynamic-providers/fine-tuning-job/submit-once";
import type { VirtualClock } from "../../support/virtual-clock";

interface SimulatedJob extends RemoteJob {
  visibleAt: number;
  runsAt: number;
  ran: boolean;
}

export interface Circumstances {
  /** Numbers in [0, 1), drawn one after the other. */
  random(): number;
  /** Longest lag of the list behind a write, ms. */
  lag: number;
  /** Longest time of one way of a request, ms. */
  latency: number;
  /** Time that a job waits in the queue before it is paid for, ms. */
  queue: number;
  /** What happens to each submission; later ones go well. */
  submissions?: ("answered" | "answer lost" | "not handled")[];
}

/** A service whose lists lag and whose answers get lost, on a virtual clock. */
export class SimulatedService {
  readonly jobs: SimulatedJob[] = [];
  private submissions: string[];

  constructor(
    private readonly clock: VirtualClock,
    private readonly circumstances: Circumstances,
    private readonly suffix: string,
  ) {
    this.submissions = [...(circumstances.submissions ?? [])];
  }

  /** Ids of the jobs that ever ran: those that cost money. */
  paid(): string[] {
    this.advance();
    return this.jobs.filter((job) => job.ran).map((job) => job.id);
  }

  queue(): JobQueue {
    return {
      list: () =>
        this.request(() => this.jobs.filter((job) => job.visibleAt <= this.clock.now()).map((job) => ({ ...job }))),
      create: () => this.submit(),
      cancel: (id) =>
        this.request(() => {
          const job = this.jobs.find((candidate) => candidate.id === id)!;
          if (job.status === "pending") job.status = "cancelled";
        }),
    };
  }

  private async submit(): Promise<RemoteJob> {
    const fate = this.submissions.shift() ?? "answered";
    if (fate === "not handled") {
      await this.clock.sleep(this.draw(this.circumstances.latency));
      throw new AzureFailure("502", { status: 502 });
    }
    const job = await this.request(() => this.add());
    if (fate === "answer lost") throw new AzureFailure("The connection was cut.", { code: "ECONNRESET" });
    return job;
  }

  private add(): RemoteJob {
    const now = this.clock.now();
    const id = `ftjob-${Math.floor(this.draw(1e12)).toString(16).padStart(12, "0")}`;
    const job: SimulatedJob = {
      id,
      model: "gpt-4o-mini-2024-07-18",
      status: "pending",
      created_at: Math.floor(now / 1000),
      suffix: this.suffix,
      visibleAt: now + this.draw(this.circumstances.lag),
      runsAt: now + this.circumstances.queue,
      ran: false,
    };
    this.jobs.push(job);
    return { ...job };
  }

  /** Both ways take time; what happens in between sees the service as it is then. */
  private async request<T>(handle: () => T): Promise<T> {
    await this.clock.sleep(this.draw(this.circumstances.latency));
    this.advance();
    const answer = handle();
    await this.clock.sleep(this.draw(this.circumstances.latency));
    return answer;
  }

  private advance(): void {
    for (const job of this.jobs) {
      if (job.status === "pending" && this.clock.now() >= job.runsAt) {
        job.status = "running";
        job.ran = true;
      }
    }
  }

  private draw(most: number): number {
    return this.circumstances.random() * most;
  }
}
