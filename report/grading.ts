import type { RemoteEvent } from "../azure-openai/remote-jobs";
import { catalogFrom, priceGrading } from "../catalog";
import { type GraderUsage, graderUsage, graderUsageInWords } from "../dynamic-providers/trained-model/grader-usage";
import { usd } from "./page/format";

interface Graded {
  /** Steps of the training so far. */
  steps: number;
  /** What the state keeps of a job that has ended. */
  kept?: GraderUsage[];
  catalogFile?: string;
}

/** What models used to grade, and about what that costs: a sentence per model, as a job's events tell it, or as the state kept it. */
export function gradingInWords(events: RemoteEvent[], { steps, kept = [], catalogFile }: Graded): string[] {
  const told = graderUsage(events);
  const catalog = catalogFrom(catalogFile);
  return (told.length > 0 ? told : kept).map((usage) => {
    const price = priceGrading(usage, catalog);
    const all = price === undefined ? undefined : (price * Math.max(steps, usage.steps)) / usage.steps;
    const cost = all === undefined ? "the price list has no rate for this model" : `about ${usd(all)} for all steps`;
    return `${graderUsageInWords(usage, steps)}: ${cost}`;
  });
}
