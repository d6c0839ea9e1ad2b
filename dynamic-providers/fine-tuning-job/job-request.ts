import type { JobRequest } from "../../azure-openai/remote-jobs";
import type { FineTuningJobInputs, Hyperparameters } from "./schema";
import { wireTrainingType } from "./training-type";

/** The service's names. */
const WIRE_HYPERPARAMETERS: Record<keyof Hyperparameters, string> = {
  nEpochs: "n_epochs",
  batchSize: "batch_size",
  learningRateMultiplier: "learning_rate_multiplier",
  beta: "beta",
  l2Multiplier: "l2_multiplier",
  promptLossWeight: "prompt_loss_weight",
  reasoningEffort: "reasoning_effort",
  computeMultiplier: "compute_multiplier",
  evalInterval: "eval_interval",
  evalSamples: "eval_samples",
};

/** Body of the job's creation. What the service chooses (`auto`) is left out. */
export function jobRequest(inputs: FineTuningJobInputs): JobRequest {
  const { method, grader, responseFormat, metadata, integrations } = inputs;
  const hyperparameters = wireHyperparameters(inputs.hyperparameters);
  const request = {
    model: inputs.model,
    training_file: inputs.trainingFileId,
    validation_file: inputs.validationFileId,
    suffix: inputs.suffix,
    seed: inputs.seed,
    trainingType: wireTrainingType(inputs.trainingType),
    method: {
      type: method,
      [method]: {
        ...(method === "reinforcement" ? { grader, response_format: responseFormat } : {}),
        ...(Object.keys(hyperparameters).length > 0 ? { hyperparameters } : {}),
      },
    },
    metadata: metadata && Object.keys(metadata).length > 0 ? metadata : undefined,
    integrations: integrations?.length ? integrations.map(({ type, ...wandb }) => ({ type, wandb })) : undefined,
  };
  return JSON.parse(JSON.stringify(request)) as JobRequest;
}

/** Hyperparameters under the service's names, without those that it chooses. */
export function wireHyperparameters(hyperparameters: Hyperparameters = {}): Record<string, number | string> {
  return Object.fromEntries(
    Object.entries(hyperparameters)
      .filter(([, value]) => value !== undefined && value !== "auto" && value !== "default")
      .map(([name, value]) => [WIRE_HYPERPARAMETERS[name as keyof Hyperparameters], value as number | string]),
  );
}
