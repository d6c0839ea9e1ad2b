import { evaluationPrices } from "../../dynamic-providers/evaluation/plan-line";
import { modelNamed } from "../../dynamic-providers/runtime/resource-types";
import type { Pipeline } from "./pipeline";

/** The pipelines with what their evaluations cost, as the handlers have announced it. @param messages - of the run */
export function withEvaluationPrices(pipelines: Pipeline[], messages = ""): Pipeline[] {
  const prices = evaluationPrices(messages);
  return pipelines.map((pipeline) => {
    const { name } = pipeline;
    const own = name === undefined ? prices : prices.filter(({ model }) => model === modelNamed(`${name}-job`));
    // An `up` says it again with what it knows by then.
    const evaluationPrice = own.at(-1)?.price;
    return evaluationPrice === undefined ? pipeline : { ...pipeline, evaluationPrice };
  });
}
