import { expect, it } from "@jest/globals";
import { handler as costEstimate } from "../../dynamic-providers/cost-estimate/handler";
import { handler as dataset } from "../../dynamic-providers/dataset/handler";
import { type Handler } from "../../dynamic-providers/runtime/handler";
import { runHandler } from "../../dynamic-providers/run-handler";

const figures = { count: 1, sum: 1, mean: 1, min: 1, max: 1, p50: 1, p90: 1, p95: 1, p99: 1 };

// Both keep their inputs and nothing else, so an input that is no longer given is a change, once.
it.each<[string, Handler, object, string]>([
  ["CostEstimate", costEstimate as Handler, { model: "m", budget: { maxTrainingUsd: 1 } }, "budget"],
  [
    "Dataset",
    dataset as Handler,
    { path: "a.jsonl", rules: { x: "off" }, tokens: { total: figures, assistant: figures } },
    "rules",
  ],
])("%s: after an update without an input there is no change left", async (_name, handler, olds, removed) => {
  const news = Object.fromEntries(Object.entries(olds).filter(([key]) => key !== removed));
  expect(await runHandler(handler, "diff", ["id", olds, news])).toMatchObject({ changes: true });
  const { outs } = (await runHandler(handler, "update", ["id", olds, news])) as { outs: object };
  expect(outs).not.toHaveProperty(removed);
  expect(await runHandler(handler, "diff", ["id", outs, news])).toMatchObject({ changes: false });
});
