import { asObject } from "../../request-types";
import type { Hyperparameters } from "../../state";
import { invalidPayload } from "../errors";

/** How the API writes "let the service choose" in its answers. */
export const auto = -1;

/**
 * Reads `n_epochs`, `batch_size` and `learning_rate_multiplier`; absent, null, "auto" and -1 mean auto.
 * @param where path of the object in the request, for errors
 */
export function readHyperparameters(value: unknown, where: string): Hyperparameters {
  if (value !== undefined && value !== null && !asObject(value)) {
    throw invalidPayload(`${where} must be an object.`, where);
  }
  const given = asObject(value) ?? {};
  return {
    epochs: readNumber(given.n_epochs, `${where}.n_epochs`, true),
    batchSize: readNumber(given.batch_size, `${where}.batch_size`, true),
    learningRateMultiplier: readNumber(given.learning_rate_multiplier, `${where}.learning_rate_multiplier`, false),
  };
}

/**
 * What the service takes for values left to it. Its rule is not published; these agree with the recorded job (2,000
 * rows: 3 epochs, batches of 4, multiplier 2).
 */
export function choose(requested: Hyperparameters, rows: number): Hyperparameters {
  const fallback = {
    epochs: 3,
    batchSize: Math.min(256, Math.max(1, Math.ceil(rows * 0.002))),
    learningRateMultiplier: 2,
  };
  return {
    epochs: requested.epochs === auto ? fallback.epochs : requested.epochs,
    batchSize: requested.batchSize === auto ? fallback.batchSize : requested.batchSize,
    learningRateMultiplier:
      requested.learningRateMultiplier === auto ? fallback.learningRateMultiplier : requested.learningRateMultiplier,
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

function readNumber(value: unknown, where: string, whole: boolean): number {
  if (value === undefined || value === null || value === "auto" || value === auto) {
    return auto;
  }
  if (typeof value !== "number" || !(value > 0) || (whole && !Number.isInteger(value))) {
    const kind = whole ? "a whole number of at least 1" : "a number above 0";
    throw invalidPayload(`${where} is ${JSON.stringify(value)}; it must be ${kind}, or "auto".`, where);
  }
  return value;
}
