import type { RemoteEvent, RemoteJob } from "../../azure-openai/remote-jobs";
import { metricsOf } from "./results-table";

/** How far a training is, as its metrics events tell. */
export interface Pace {
  step?: number;
  loss?: number;
  /** Reinforcement: mean reward of the last batch that an event told, and of the last evaluation over the validation file. */
  reward?: number;
  validationReward?: number;
  /** Milliseconds since the training started; undefined where that was not seen. */
  trainingMs?: number;
  /** Loss, or reward where there are rewards, of every step that an event told, in the order of the steps. */
  curve: number[];
  /** Steps of the whole training, when it can be computed. */
  totalSteps?: number;
  /** Milliseconds of training left, estimated; negative when overdue. */
  remainingMs?: number;
}

interface StepEvent {
  step: number;
  loss?: number;
  reward?: number;
  validationReward?: number;
  /** Steps in all, where the service tells (`Step 10/20`). */
  total?: number;
  /** Unix seconds. */
  at: number;
}

/** An interval between two events that took this many times longer per step than the usual one was a stop: a pause, a preemption. */
const STOPPED = 5;

/**
 * Follows the metrics events of one job and estimates the end of its training (not of the job: a safety evaluation follows) from the time
 * that its steps take. The time before the first step is no measure of it: on record are 455, 450 and 948 s from `Training started.` to
 * step 1, and 852, 866 and 487 s for the 447, 447 and 9 steps after it (three jobs on Azure, 2026-10).
 */
export class TrainingPace {
  private readonly steps = new Map<number, StepEvent>();
  /** Unix seconds. */
  private startedAt: number | undefined;

  /** Takes new events, in any order. */
  add(events: RemoteEvent[]): void {
    for (const event of events) {
      const step = stepEvent(event);
      if (step) this.steps.set(step.step, step);
      if (/^Training started/.test(event.message)) this.startedAt = event.created_at;
    }
  }

  /**
   * @param now - Unix milliseconds
   * @param examples - rows of the training file
   * @param reached - a later step than the events tell of, which has just been seen in the results file
   */
  at(now: number, job: RemoteJob, examples: number | undefined, reached = 0): Pace {
    const steps = [...this.steps.values()].sort((one, other) => one.step - other.step);
    const latest = steps.at(-1);
    const totalSteps = latest?.total ?? countSteps(job, examples);
    const step = reached > (latest?.step ?? 0) ? reached : latest?.step;
    const curve = steps.flatMap(({ loss, reward }) => loss ?? reward ?? []);
    const validationReward = steps.findLast((one) => one.validationReward !== undefined)?.validationReward;
    const pace: Pace = {
      ...{ step, totalSteps, curve },
      ...{ loss: latest?.loss, reward: latest?.reward, validationReward },
      trainingMs: this.startedAt === undefined ? undefined : Math.max(0, now - this.startedAt * 1000),
    };
    const perStep = msPerStep(steps);
    if (!latest || step === undefined || perStep === undefined || totalSteps === undefined) return pace;
    const since = step > latest.step ? now : latest.at * 1000;
    return { ...pace, remainingMs: since + (totalSteps - step) * perStep - now };
  }
}

/** Mean over the steps between the events, stops left out; undefined before two events. @param steps in ascending order */
function msPerStep(steps: StepEvent[]): number | undefined {
  const intervals = steps.slice(1).map(({ step, at }, index) => {
    const before = steps[index]!;
    return { steps: step - before.step, ms: (at - before.at) * 1000 };
  });
  const paces = intervals.map(({ steps, ms }) => ms / steps).sort((one, other) => one - other);
  const median = paces[Math.floor(paces.length / 2)];
  if (median === undefined) return undefined;
  // Events tell whole seconds: where ten steps take less than one, half of the intervals are empty.
  const kept = median === 0 ? intervals : intervals.filter(({ steps, ms }) => ms / steps <= STOPPED * median);
  const sum = (of: (interval: { steps: number; ms: number }) => number) => kept.reduce((all, one) => all + of(one), 0);
  return sum(({ ms }) => ms) / sum(({ steps }) => steps);
}

/** Batches per epoch, rounded up, times epochs; the service fills in both when it has chosen them. */
function countSteps(job: RemoteJob, examples: number | undefined): number | undefined {
  const { n_epochs: epochs, batch_size: batch } = job.hyperparameters ?? {};
  if (!examples || typeof epochs !== "number" || typeof batch !== "number" || epochs <= 0 || batch <= 0)
    return undefined;
  return Math.ceil(examples / batch) * epochs;
}

/**
 * `Step 30: training loss=1.23`, or of reinforcement `Step 10/20 , train mean reward=0.42, full validation mean reward=0.68, ...`, with the figures
 * in `data` too where the service sends it.
 */
function stepEvent({ message, data, created_at }: RemoteEvent): StepEvent | undefined {
  const text = /^Step (\d+)(?:\/(\d+))? ?[:,] (?:training loss|train mean reward)=/.exec(message);
  const step = numberOf(data?.["step"]) ?? numberOf(text?.[1]);
  if (step === undefined || step < 1) return undefined;
  const told = metricsOf(data ?? {}, step);
  const inText = (name: string) => numberOf(new RegExp(`[:,] ${name}=([\\d.eE+-]+)`).exec(message)?.[1]);
  return {
    ...{ step, total: numberOf(data?.["total_steps"]) ?? numberOf(text?.[2]), at: created_at },
    loss: told.trainLoss ?? inText("training loss"),
    reward: told.trainReward ?? inText("train mean reward"),
    validationReward: told.fullValidReward ?? inText("full validation mean reward"),
  };
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
