import { isTerminal, type RemoteEvent, type RemoteJob } from "../../azure-openai/remote-jobs";
import { pollDelay, type PollPlan } from "../../azure-openai/poll-plan";
import type { Say } from "../runtime/say";
import { progressLine } from "./progress-line";
import type { Spending } from "./spending";
import { TrainingPace, type Pace } from "./training-pace";

/** Without news one line per minute at first, one per five minutes later. */
const HEARTBEAT: PollPlan = { first: 60_000, share: 0.1, cap: 5 * 60_000 };

/** Tells a person how a job progresses: changes of status, the service's events, steps, and a heartbeat. */
export class JobReporter {
  private readonly pace = new TrainingPace();
  private readonly seen = new Set<string>();
  private status = "";
  private toldAt = -Infinity;
  private toldStep: number | undefined;

  constructor(
    private readonly say: Say,
    private readonly examples: number | undefined,
    private readonly spending?: Spending,
  ) {}

  /**
   * @param events - newest first, as the service lists them
   * @param now - Unix milliseconds, for the service
   * @param elapsed - milliseconds since the job was created
   * @param tick - milliseconds on a scale that only increases. Default `now`.
   */
  report(job: RemoteJob, events: RemoteEvent[], now: number, elapsed: number, tick = now): Pace {
    const fresh = events.filter((event) => !this.seen.has(event.id)).reverse();
    for (const event of fresh) {
      this.seen.add(event.id);
      if (isMetrics(event)) continue;
      if (event.level === "info") this.say.status(eventText(event, job));
      else this.say(`${event.level}: ${eventText(event, job)}`);
    }
    this.pace.add(fresh);
    const pace = this.pace.at(now, job, this.examples);
    const heartbeatDue = tick - this.toldAt >= pollDelay(HEARTBEAT, elapsed);
    const stepDue = pace.step !== this.toldStep && tick - this.toldAt >= 5_000;
    if (job.status !== this.status || heartbeatDue || stepDue) {
      this.say.status(progressLine(job.status, elapsed, pace, this.spending));
      this.status = job.status;
      this.toldStep = pace.step;
      this.toldAt = tick;
    }
    return pace;
  }
}

/** The event comes before the safety evaluation, recorded 1 to 80 minutes before the status: it could be taken for the end. */
function eventText({ message }: RemoteEvent, { status }: RemoteJob): string {
  if (!/^Job succeeded/.test(message) || isTerminal(status)) return message;
  return `${message} (this refers to the training; the service still evaluates the model's safety before the job ends)`;
}

/** One event per ten steps: they go into the progress line instead. */
function isMetrics(event: RemoteEvent): boolean {
  return event.type === "metrics" || /^Step \d+/.test(event.message);
}
