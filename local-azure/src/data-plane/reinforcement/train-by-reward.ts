import { existsSync } from "node:fs";
import type { GraderSpec } from "azure-openai-graders/grader";
import { asObject } from "../../http/request";
import { blobPath } from "../../storage/blobs";
import type { JobRecord } from "../../world/state";
import type { World } from "../../world/world";
import { runGrader, type Grading } from "../graders/run-grader";
import { shuffled } from "../training/shuffled";
import { addTokens, type JudgeTokens } from "../graders/judge";
import type { GraderTokens, RewardMetrics, StepMetrics } from "../training/step-metrics";
import { TimeSlice } from "../training/time-slice";
import { countTokens } from "../training/tokenizer";
import { readFile, trainingBlob, type TrainingResult, validationBlob } from "../training/training-run";
import { candidatesFor } from "./candidates";
import { Policy } from "./policy";
import { readPrompts, type Prompt } from "./prompts";

/** Rows that are explored at most, so that a large file rehearses in seconds; of larger files the first rows come again. */
const MAX_ROWS = 2_000;
/** Rows of the validation file that are asked at an evaluation at most. */
const MAX_VALIDATED = 200;

/**
 * Trains a reinforcement job: each step asks the model the rows of a batch and grades its answers, which is the reward of the step; then it
 * tries other answers for those rows and keeps the one with the best reward. So rewards rise only where the grader tells better answers from
 * worse, and the model afterwards answers what was rewarded. Which answers it tries is this service's own (`candidates.ts`).
 */
export async function trainByReward(world: Pick<World, "blobFolder">, job: JobRecord): Promise<TrainingResult> {
  const path = blobPath(world, trainingBlob(job.id));
  const { tokens, bytes } = await readFile(path);
  const training = await readPrompts(path, MAX_ROWS);
  const validationPath = blobPath(world, validationBlob(job.id));
  const validation = existsSync(validationPath) ? await readPrompts(validationPath, MAX_VALIDATED) : [];
  const run = new RewardedRun(job, training, validation);
  const metrics = await run.train();
  return { metrics, tokensPerEpoch: tokens, rowBytes: bytes, learned: [...run.policy.learned.values()] };
}

interface Asked {
  answer: string;
  grading: Grading;
}

class RewardedRun {
  readonly policy: Policy;
  private readonly slice = new TimeSlice();
  private readonly explored = new Set<number>();
  private readonly settings: Record<string, unknown>;
  /** Tokens of the judges in this step: of the batch, and of the validation file. */
  private readonly used: Record<"train" | "eval", JudgeTokens> = { train: {}, eval: {} };

  constructor(
    private readonly job: JobRecord,
    private readonly training: Prompt[],
    private readonly validation: Prompt[],
  ) {
    this.policy = new Policy(training);
    this.settings = asObject(job.method?.reinforcement) ?? {};
  }

  async train(): Promise<StepMetrics[]> {
    const { seed, trainingRows } = this.job;
    const { epochs, batchSize } = this.job.chosen;
    const rows = Array.from({ length: trainingRows }, (_, row) => row);
    const steps = Math.ceil(rows.length / batchSize) * epochs;
    const metrics: StepMetrics[] = [];
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      const order = shuffled(rows, seed + epoch);
      for (let first = 0; first < order.length; first += batchSize) {
        const step = metrics.length + 1;
        const batch = order.slice(first, first + batchSize).map((row) => this.training[row % this.training.length]!);
        const asked = await this.ask(batch, true);
        for (const [index, prompt] of batch.entries()) await this.explore(prompt, asked[index]!, step);
        const isLast = first + batchSize >= order.length;
        const evaluated = await this.evaluated(step, isLast, step === steps);
        metrics.push({ step, ...figuresOf(asked), ...evaluated, ...this.tokensOfStep() });
      }
    }
    return metrics;
  }

  /** At `eval_interval`, else at the end of each epoch; at the last step always. */
  private async evaluated(step: number, endsEpoch: boolean, endsJob: boolean): Promise<Partial<RewardMetrics>> {
    const { eval_interval: interval } = asObject(this.settings.hyperparameters) ?? {};
    const due = typeof interval === "number" && interval >= 1 ? step % Math.floor(interval) === 0 : endsEpoch;
    if (this.validation.length === 0 || !(due || endsJob)) return {};
    const asked = await this.ask(this.validation, false);
    return {
      full_valid_mean_reward: meanOf(asked.map(({ grading }) => grading.reward)),
      full_valid_mean_parse_error: meanOf(asked.map(({ grading }) => Number(hasParseError(grading)))),
    };
  }

  private async ask(prompts: Prompt[], trained: boolean): Promise<Asked[]> {
    const asked: Asked[] = [];
    for (const prompt of prompts) {
      const answer = this.policy.answer(prompt, trained ? prompt.row : undefined);
      asked.push({ answer, grading: await this.grade(answer, prompt, trained ? "train" : "eval") });
      await this.slice.pause();
    }
    return asked;
  }

  /** A row is explored when it comes for the first time. */
  private async explore(prompt: Prompt, { grading }: Asked, step: number): Promise<void> {
    if (this.explored.has(prompt.row)) return;
    this.explored.add(prompt.row);
    let best = grading.reward;
    for (const text of candidatesFor(prompt.item, this.settings.response_format)) {
      const { reward, errors } = await this.grade(text, prompt);
      if (errors.length === 0 && reward > best) {
        best = reward;
        this.policy.learn({ row: prompt.row, step, text });
      }
      await this.slice.pause();
    }
  }

  private async grade(answer: string, { item }: Prompt, phase: "train" | "eval" = "train"): Promise<Grading> {
    const grading = await runGrader(this.settings.grader as GraderSpec, answer, item);
    addTokens(this.used[phase], grading.tokens);
    return grading;
  }

  /** What the judges used since the step before. */
  private tokensOfStep(): { grader_tokens?: GraderTokens } {
    const { train, eval: evaluation } = this.used;
    const models = [...new Set([...Object.keys(train), ...Object.keys(evaluation)])];
    const entries = models.map((model) => [
      model,
      {
        train_prompt_tokens: train[model]?.prompt ?? 0,
        train_cached_tokens: 0,
        train_completion_tokens: train[model]?.completion ?? 0,
        eval_prompt_tokens: evaluation[model]?.prompt ?? 0,
        eval_cached_tokens: 0,
        eval_completion_tokens: evaluation[model]?.completion ?? 0,
      },
    ]);
    this.used.train = {};
    this.used.eval = {};
    return models.length === 0 ? {} : { grader_tokens: Object.fromEntries(entries) as GraderTokens };
  }
}

function figuresOf(asked: Asked[]): Omit<RewardMetrics, "step"> {
  const parseErrors = asked.filter(({ grading }) => hasParseError(grading)).length;
  return {
    train_mean_reward: meanOf(asked.map(({ grading }) => grading.reward)),
    completion_tokens_mean: meanOf(asked.map(({ answer }) => countTokens(answer))),
    reasoning_tokens_mean: 0,
    mean_unresponsive_rewards: meanOf(asked.map(({ answer }) => Number(answer === ""))),
    train_sample_parse_error_count: parseErrors,
    train_other_error_count: asked.filter(({ grading }) => grading.errors.length > 0).length - parseErrors,
  };
}

function hasParseError({ errors }: Grading): boolean {
  return errors.includes("sample_parse_error");
}

function meanOf(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return Math.round(mean * 1e6) / 1e6;
}
