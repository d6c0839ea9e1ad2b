/** Figures of one training step of supervised and preference jobs, as results.csv, events and checkpoints show them. Losses are nats per token. */
export interface LossMetrics {
  step: number;
  train_loss: number;
  train_mean_token_accuracy: number;
  valid_loss?: number;
  valid_mean_token_accuracy?: number;
  /** At the end of an epoch, over the whole validation file. */
  full_valid_loss?: number;
  full_valid_mean_token_accuracy?: number;
  /** Preference data: share of pairs whose preferred output has become likelier than the other one. */
  train_preference_accuracy?: number;
  valid_preference_accuracy?: number;
  full_valid_preference_accuracy?: number;
}

/** The same of reinforcement, under the names on record (guide to reinforcement, columns that Microsoft's samples read). */
export interface RewardMetrics {
  step: number;
  train_mean_reward: number;
  /** On steps with an evaluation: over the whole validation file. */
  full_valid_mean_reward?: number;
  full_valid_mean_parse_error?: number;
  completion_tokens_mean: number;
  /** Always 0: the model does not reason. */
  reasoning_tokens_mean: number;
  mean_unresponsive_rewards: number;
  train_sample_parse_error_count: number;
  train_other_error_count: number;
}

/** Tokens that model graders used in a step, by model, as its event tells them (OpenAI's guide to reinforcement). */
export type GraderTokens = Record<
  string,
  Record<`${"train" | "eval"}_${"prompt" | "cached" | "completion"}_tokens`, number>
>;

export type StepMetrics = { step: number; grader_tokens?: GraderTokens } & Partial<
  Omit<LossMetrics & RewardMetrics, "step">
>;
