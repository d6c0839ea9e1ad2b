import { finalFigures } from "../../dynamic-providers/trained-model/choose-checkpoint";
import { gateFailures } from "../../dynamic-providers/trained-model/gate";
import type { TrainedModelArgs, TrainedModelState } from "../../dynamic-providers/trained-model/schema";
import { type Pipeline, trains, waits } from "./pipeline";
import { at } from "./steps";

type Gate = NonNullable<TrainedModelArgs["gate"]>;

/** Limits of a gate, in words. */
const limits: Record<keyof Gate, (limit: number) => string> = {
  maxValidationLoss: (limit) => `a validation loss of at most ${limit}`,
  minTokenAccuracy: (limit) => `a token accuracy of at least ${limit}`,
  minReward: (limit) => `a validation reward of at least ${limit}`,
};

/**
 * A gate decides after the training is paid for: what it asks, what it asked before, and whether the model that is there would pass it. Of one
 * that no longer asks anything it says that.
 */
export function gateWarning(pipeline: Pipeline): string[] {
  const { job, model } = pipeline;
  if (!trains(job)) return waits(pipeline) ? whenItEnds(asks(gateIn(model?.new))) : [];
  const gate = gateIn(model?.new);
  const asked = asks(gate);
  const before = job.operation === "replace" ? asks(gateIn(model?.old)) : asked;
  const was =
    before === asked ? "" : ` Previously, ${before === "" ? "there was no gate" : `the gate required ${before}`}.`;
  if (asked === "") return was === "" ? [] : [`The new model is deployed regardless of its metrics.${was}`];
  const { final, validationReward } = (model?.old ?? {}) as Partial<TrainedModelState>;
  const current = final && finalFigures({ final, validationReward });
  const missed = current ? gateFailures(gate, current) : [];
  return [
    `The new model is deployed only if it has ${asked}. You are charged for the training either way.${was}` +
      (missed.length > 0 ? ` The current model would not be deployed: ${missed.join("; ")}.` : ""),
  ];
}

function whenItEnds(asked: string): string[] {
  return asked === "" ? [] : [`When the job has finished, its model is deployed only if it has ${asked}.`];
}

function gateIn(properties: object | undefined): Gate {
  return (at({ ...properties }, "gate") as Gate | undefined) ?? {};
}

function asks(gate: Gate): string {
  const names = Object.keys(limits) as (keyof Gate)[];
  return names.flatMap((name) => (gate[name] === undefined ? [] : [limits[name](gate[name])])).join(" and ");
}
