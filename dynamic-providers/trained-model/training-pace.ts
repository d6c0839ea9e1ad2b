import type { RemoteEvent, RemoteJob } from "../../azure-openai/remote-jobs";

/** How far a training is, as its metrics events tell. */
export interface Pace {
  step?: number;
  loss?: number;
  /** Training loss of every step that an event told, in the order of the steps. */
  losses: number[];
  /** Steps of the whole training, when it can be computed. */
  totalSteps?: number;
  /** Milliseconds left, estimated; negative when overdue. */
  remainingMs?: number;
}

interface StepEvent {
  step: number;
  loss?: number;
  /** Unix seconds. */
  at: number;
}

/** Follows the metrics events of one job and estimates its end from the time that its steps take. */
export class TrainingPace {
  private first: StepEvent | undefined;
  private latest: StepEvent | undefined;
  /** Training loss by step. */
  private readonly losses = new Map<number, number>();

  /** Takes new events, in any order. */
  add(events: RemoteEvent[]): void {
    for (const event of events) {
      const step: StepEvent | undefined = /^Training started/i.test(event.message)
        ? { step: 0, at: event.created_at }
        : stepEvent(event);
      if (!step) continue;
      if (!this.first || step.step < this.first.step) this.first = step;
      if (step.step > (this.latest?.step ?? 0)) this.latest = step;
      if (step.loss !== undefined) this.losses.set(step.step, step.loss);
    }
  }

  /** @param examples rows of the training file @param now Unix milliseconds */
  at(now: number, job: RemoteJob, examples: number | undefined): Pace {
    const totalSteps = countSteps(job, examples);
    const { first, latest } = this;
    const losses = [...this.losses].sort(([one], [other]) => one - other).map(([, loss]) => loss);
    const pace: Pace = { step: latest?.step, loss: latest?.loss, losses, totalSteps };
    if (!first || !latest || latest.step <= first.step || totalSteps === undefined) return pace;
    const msPerStep = ((latest.at - first.at) * 1000) / (latest.step - first.step);
    return { ...pace, remainingMs: latest.at * 1000 + (totalSteps - latest.step) * msPerStep - now };
  }
}

/** Batches per epoch, rounded up, times epochs; the service fills in both when it has chosen them. */
function countSteps(job: RemoteJob, examples: number | undefined): number | undefined {
  const { n_epochs: epochs, batch_size: batch } = job.hyperparameters ?? {};
  if (!examples || typeof epochs !== "number" || typeof batch !== "number" || epochs <= 0 || batch <= 0)
    return undefined;
  return Math.ceil(examples / batch) * epochs;
}

/** `Step 30: training loss=1.23`, with the figures in `data` too where the service sends it. */
function stepEvent({ message, data, created_at }: RemoteEvent): StepEvent | undefined {
  const text = /^Step (\d+)(?:\/\d+)?: training loss=([\d.eE+-]+)/.exec(message);
  const step = numberOf(data?.["step"]) ?? numberOf(text?.[1]);
  if (step === undefined || step < 1) return undefined;
  return { step, loss: numberOf(data?.["train_loss"]) ?? numberOf(text?.[2]), at: created_at };
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
