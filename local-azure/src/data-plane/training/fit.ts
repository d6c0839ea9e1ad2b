import type { Hyperparameters } from "../../world/state";
import { preferenceScore, type Pair } from "./preference";
import { shuffled } from "./shuffled";
import type { LossMetrics } from "./step-metrics";
import { TimeSlice } from "./time-slice";
import type { TokenSequence } from "./token-sequence";
import { TrigramModel } from "./trigram-model";

interface Score {
  loss: number;
  accuracy: number;
  /** Of preference data; its loss is DPO's then. */
  preference?: number;
}

/** Tokens that one job learns at most, so that a large file rehearses in seconds; each step then takes a part of its batch. */
const MAX_LEARNED = 600_000;
/** Tokens of the validation file that are read at the end of an epoch at most. */
const MAX_VALIDATED = 100_000;
/** One observation counts this much at a learning rate multiplier of 1. */
const OBSERVATION = 0.5;
/** Default of the OpenAI API. */
const DEFAULT_BETA = 0.1;
/** Above this an observation outweighs everything, and sums of such weights lose their figures. */
const MAX_OBSERVATION = 1e6;

/**
 * Trains a model on the rows and returns the figures of each step. The loss of a step is taken before the step learns
 * from its batch, as a trainer reports it: it falls because the model has really seen more.
 * @param known - rows that a tuned base model was trained on before
 * @param beta - of DPO: how much a margin between two outputs counts
 */
export async function fit(
  training: TokenSequence[],
  validation: TokenSequence[],
  known: TokenSequence[],
  hyperparameters: Hyperparameters,
  seed: number,
  beta = DEFAULT_BETA,
): Promise<LossMetrics[]> {
  const { epochs, batchSize, learningRateMultiplier } = hyperparameters;
  const slice = new TimeSlice();
  const model = new TrigramModel();
  const before = new TrigramModel();
  for (const sequence of known) {
    for (const one of [model, before]) pass(one, sequence, OBSERVATION, Infinity);
    await slice.pause();
  }
  const scoreOf = (sequences: TokenSequence[], most: number): Score => {
    const tokens = score(model, sequences, most);
    const pairs = pairsOf(sequences);
    if (pairs.length === 0) return tokens;
    const { loss, accuracy } = preferenceScore(model, before, pairs, beta, most);
    return { ...tokens, loss: rounded(loss), preference: rounded(accuracy) };
  };
  const stepsPerEpoch = Math.ceil(training.length / batchSize);
  const budget = Math.max(8, Math.ceil(MAX_LEARNED / (stepsPerEpoch * epochs)));
  const weight = Math.min(MAX_OBSERVATION, OBSERVATION * learningRateMultiplier);
  const metrics: LossMetrics[] = [];
  let nextValidation = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = shuffled(training, seed + epoch);
    for (let first = 0; first < order.length; first += batchSize) {
      const batch = order.slice(first, first + batchSize);
      const train = scoreOf(batch, budget);
      learn(model, batch, weight, budget);
      const row: LossMetrics = {
        step: metrics.length + 1,
        train_loss: train.loss,
        train_mean_token_accuracy: train.accuracy,
        ...preferenceOf("train_preference_accuracy", train),
      };
      if (validation.length > 0) {
        const part = scoreOf(rotating(validation, nextValidation, batchSize), budget);
        nextValidation += batchSize;
        row.valid_loss = part.loss;
        row.valid_mean_token_accuracy = part.accuracy;
        Object.assign(row, preferenceOf("valid_preference_accuracy", part));
        if (first + batchSize >= order.length) {
          const whole = scoreOf(validation, MAX_VALIDATED);
          row.full_valid_loss = whole.loss;
          row.full_valid_mean_token_accuracy = whole.accuracy;
          Object.assign(row, preferenceOf("full_valid_preference_accuracy", whole));
        }
      }
      metrics.push(row);
      await slice.pause();
    }
  }
  return metrics;
}

function pairsOf(sequences: TokenSequence[]): Pair[] {
  return sequences.flatMap((preferred) => (preferred.rejected ? [{ preferred, other: preferred.rejected }] : []));
}

function preferenceOf(name: keyof LossMetrics, { preference }: Score): Partial<LossMetrics> {
  return preference === undefined ? {} : { [name]: preference };
}

function score(model: TrigramModel, sequences: TokenSequence[], budget: number): Score {
  let [nats, right, count] = [0, 0, 0];
  for (const sequence of sequences) {
    forEachLearned(sequence, budget - count, (before, last, token) => {
      nats -= Math.log(model.probability(before, last, token));
      right += model.predict(before, last) === token ? 1 : 0;
      count += 1;
    });
  }
  return { loss: rounded(nats / Math.max(1, count)), accuracy: rounded(right / Math.max(1, count)) };
}

function learn(model: TrigramModel, batch: TokenSequence[], weight: number, budget: number): void {
  let left = budget;
  for (const sequence of batch) left -= pass(model, sequence, weight, left);
}

function pass(model: TrigramModel, sequence: TokenSequence, weight: number, budget: number): number {
  let count = 0;
  forEachLearned(sequence, budget, (before, last, token) => {
    model.learn(before, last, token, weight);
    count += 1;
  });
  return count;
}

function forEachLearned(
  { ids, learned }: TokenSequence,
  budget: number,
  visit: (before: number, last: number, token: number) => void,
): void {
  let left = budget;
  for (let at = 0; at < ids.length && left > 0; at += 1) {
    if (learned[at]) {
      visit(at > 1 ? ids[at - 2]! : -1, at > 0 ? ids[at - 1]! : -1, ids[at]!);
      left -= 1;
    }
  }
}

function rotating(sequences: TokenSequence[], from: number, count: number): TokenSequence[] {
  const wanted = Math.min(count, sequences.length);
  return Array.from({ length: wanted }, (_, index) => sequences[(from + index) % sequences.length]!);
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
