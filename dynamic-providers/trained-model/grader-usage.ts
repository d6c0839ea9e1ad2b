import type { RemoteEvent } from "../../azure-openai/remote-jobs";
import { count } from "../../format/count";

/** Tokens that a model used to grade. */
export interface GraderUsage {
  /** As the grader names it. */
  model: string;
  /** Read, the cached ones among them; written. Of training and evaluation together. */
  read: number;
  cached: number;
  written: number;
  /** Steps whose events told it: those of the other steps are not known. */
  steps: number;
}

/**
 * What the model graders of a reinforcement job used, as the metrics events of its steps tell (`model_graders_token_usage`, OpenAI's guide to
 * reinforcement; whether Azure's events have it for every step is not on record).
 *
 * @param events - in any order
 * @returns one entry per model; none where no event tells it
 */
export function graderUsage(events: RemoteEvent[]): GraderUsage[] {
  const byStep = new Map(events.flatMap(({ data }) => (data ? [[data["step"], data] as const] : [])));
  const found = new Map<string, GraderUsage>();
  for (const data of byStep.values()) {
    for (const [model, used] of Object.entries(data["model_graders_token_usage"] ?? {})) {
      const known = found.get(model) ?? { model, read: 0, cached: 0, written: 0, steps: 0 };
      found.set(model, {
        model,
        read: known.read + tokens(used, "prompt"),
        cached: known.cached + tokens(used, "cached"),
        written: known.written + tokens(used, "completion"),
        steps: known.steps + 1,
      });
    }
  }
  return [...found.values()];
}

function tokens(used: unknown, kind: "prompt" | "cached" | "completion"): number {
  const counts = (used ?? {}) as Record<string, unknown>;
  return ["train", "eval"].reduce((sum, phase) => {
    const tokens = counts[`${phase}_${kind}_tokens`];
    return sum + (typeof tokens === "number" && Number.isFinite(tokens) ? tokens : 0);
  }, 0);
}

/** `gpt-4.1 read 120,741 and wrote 69,402 tokens to grade`, and in how many of the steps where not in all. @param steps of the training */
export function graderUsageInWords({ model, read, written, steps }: GraderUsage, all: number): string {
  const part = steps < all ? ` (in the ${count(steps)} of ${count(all)} steps whose events report these numbers)` : "";
  return `${model} read ${count(read)} and wrote ${count(written)} tokens to grade${part}`;
}
