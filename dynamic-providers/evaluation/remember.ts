import type { Comparison, Found, ModelResult } from "./schema";

/** Most that is kept: a result of 2,000 cases takes 18 kB. */
const RESULTS = 30;
const COMPARISONS = 20;

/** With one more result. The oldest that nothing needs is forgotten. */
export function withResult(found: Found, result: ModelResult): Found {
  const isOther = ({ test, model }: ModelResult) => test !== result.test || model !== result.model;
  return { ...found, results: [...found.results.filter(isOther), result].slice(-RESULTS) };
}

/** With one more comparison; what it compares becomes the newest, so that it is forgotten last. */
export function withComparison(found: Found, comparison: Comparison): Found {
  const models = new Set([...comparison.candidates, ...comparison.opponents.map(({ model }) => model)]);
  const isCompared = ({ test, model }: ModelResult) => test === comparison.test && models.has(model);
  return {
    results: [...found.results.filter((one) => !isCompared(one)), ...found.results.filter(isCompared)],
    comparisons: [...found.comparisons, comparison].slice(-COMPARISONS),
  };
}

/** What a state holds of earlier evaluations; nothing where there was none. */
export function foundIn(state: Partial<Found> | undefined): Found {
  return { results: state?.results ?? [], comparisons: state?.comparisons ?? [] };
}
