import { gateFailures } from "../../dynamic-providers/trained-model/gate";
import type { StepMetrics, TrainedModelArgs } from "../../dynamic-providers/trained-model/schema";
import { type Pipeline, trains } from "./pipeline";
import { at } from "./steps";

/** A gate decides after the training is paid for: what it asks, and whether the model that is there would pass it. */
export function gateWarning({ job, model }: Pipeline): string[] {
  const gate = trains(job) ? (at(model?.new ?? {}, "gate") as TrainedModelArgs["gate"]) : undefined;
  const limits = [
    ...(gate?.maxValidationLoss === undefined ? [] : [`a validation loss of at most ${gate.maxValidationLoss}`]),
    ...(gate?.minTokenAccuracy === undefined ? [] : [`a token accuracy of at least ${gate.minTokenAccuracy}`]),
  ];
  if (limits.length === 0) return [];
  const current = at(model?.old ?? {}, "final") as StepMetrics | null | undefined;
  const missed = current ? gateFailures(gate, current) : [];
  return [
    `The new model is deployed only with ${limits.join(" and ")}; the training is paid for either way.` +
      (missed.length > 0 ? ` The current model would not be deployed: ${missed.join("; ")}.` : ""),
  ];
}
