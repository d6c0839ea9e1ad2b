import { RememberedValue } from "../remembered-value";
import type { ResultsOf } from "./facts";

/** A results file of thousands of cases takes a moment to read, and pages ask every few seconds. */
const RESULTS_AGE_MS = 30_000;

/** @param now - Unix milliseconds */
export function rememberedResults(results: ResultsOf, now: () => number): ResultsOf {
  const age = () => RESULTS_AGE_MS;
  let known: { model: string | undefined; value: RememberedValue<Awaited<ReturnType<ResultsOf>>> } | undefined;
  return (model) => {
    // A stack has another model at most once in a training: the one before is not asked for again.
    if (known?.model !== model || !known) known = { model, value: new RememberedValue(() => results(model), age, now) };
    return known.value.get();
  };
}
