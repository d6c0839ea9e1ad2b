import type { JobRequest } from "../../azure-openai/remote-jobs";
import { mergeExtraBody } from "./extra-body";
import { hyperparameters, type HyperparameterName, type Hyperparameters } from "./hyperparameters";
import type { FineTuningJobInputs } from "./schema";
import { wireTrainingType } from "./training-type";

/** Body of the job's creation. What the service chooses (`auto`) is left out; what `extraBody` adds never takes the place of a setting. */
export function jobRequest(inputs: FineTuningJobInputs): JobRequest {
  const { method, grader, responseFormat, metadata, integrations } = inputs;
  const given = wireHyperparameters(inputs.hyperparameters);
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
        ...(Object.keys(given).length > 0 ? { hyperparameters: given } : {}),
      },
    },
    metadata: metadata && Object.keys(metadata).length > 0 ? metadata : undefined,
    integrations: integrations?.length ? integrations.map(({ type, ...wandb }) => ({ type, wandb })) : undefined,
  };
  return JSON.parse(JSON.stringify(mergeExtraBody(request, inputs.extraBody))) as JobRequest;
}

/** Hyperparameters under the service's names, without those that it chooses. */
export function wireHyperparameters(given: Hyperparameters = {}): Record<string, number | string> {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined && value !== "auto" && value !== "default")
      .map(([name, value]) => [hyperparameters[name as HyperparameterName].wire, value as number | string]),
  );
}
