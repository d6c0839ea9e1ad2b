import { asObject } from "../../http/request";
import type { Hyperparameters } from "../../world/state";
import { invalidPayload } from "../api/errors";

/** Most epochs and examples in a batch: of the OpenAI API's schema, Azure's names none [guess]. */
const MAX_EPOCHS = 50;
const MAX_BATCH = 256;

/** How the API writes "let the service choose" in its answers. */
export const AUTO = -1;

/**
 * Reads `n_epochs`, `batch_size` and `learning_rate_multiplier`; absent, null, "auto" and -1 mean auto.
 * @param where - path of the object in the request, for errors
 */
export function readHyperparameters(value: unknown, where: string): Hyperparameters {
  if (value !== undefined && value !== null && !asObject(value))
    throw invalidPayload(`${where} must be an object.`, where);
  const given = asObject(value) ?? {};
  return {
    epochs: readCount(given.n_epochs, `${where}.n_epochs`, MAX_EPOCHS),
    batchSize: readCount(given.batch_size, `${where}.batch_size`, MAX_BATCH),
    learningRateMultiplier: readMultiplier(given.learning_rate_multiplier, `${where}.learning_rate_multiplier`),
  };
}

/**
 * What the service takes for values left to it. Its rule is not published; these agree with the recorded job (2,000
 * rows: 3 epochs, batches of 4, multiplier 2).
 */
export function choose(requested: Hyperparameters, rows: number): Hyperparameters {
  const fallback = {
    epochs: 3,
    batchSize: Math.min(MAX_BATCH, Math.max(1, Math.ceil(rows * 0.002))),
    learningRateMultiplier: 2,
  };
  return {
    epochs: requested.epochs === AUTO ? fallback.epochs : requested.epochs,
    batchSize: requested.batchSize === AUTO ? fallback.batchSize : requested.batchSize,
    learningRateMultiplier:
      requested.learningRateMultiplier === AUTO ? fallback.learningRateMultiplier : requested.learningRateMultiplier,
  };
}

/** As the API writes them. */
export function hyperparametersView(values: Hyperparameters): Record<string, number> {
  return {
    n_epochs: values.epochs,
    batch_size: values.batchSize,
    learning_rate_multiplier: values.learningRateMultiplier,
  };
}

function readCount(value: unknown, where: string, most: number): number {
  const fits = (count: number) => Number.isInteger(count) && count >= 1 && count <= most;
  return readNumber(value, where, `a whole number from 1 to ${most}`, fits);
}

function readMultiplier(value: unknown, where: string): number {
  return readNumber(value, where, "a number above 0", (multiplier) => multiplier > 0);
}

function readNumber(value: unknown, where: string, kind: string, fits: (value: number) => boolean): number {
  if (value === undefined || value === null || value === "auto" || value === AUTO) return AUTO;
  if (typeof value !== "number" || !fits(value))
    throw invalidPayload(`${where} is ${JSON.stringify(value)}; it must be ${kind}, or "auto".`, where);
  return value;
}
