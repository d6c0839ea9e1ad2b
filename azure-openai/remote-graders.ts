import { z } from "zod";
import type { Calls } from "./calls";
import type { Requests } from "./requests";
import { expectShape } from "./unexpected-answer";

/** What a grader made of one answer. */
export interface GraderRun {
  reward: number;
  /** Under the service's names, e.g. `invalid_variable_error`. */
  errors: string[];
  /** What the service says of an error, where it says more. */
  detail?: string;
  /** Tokens that models used to grade, by model. */
  tokens: Record<string, number>;
}

const GRADERS = "/fine_tuning/alpha/graders";

const runShape = z.looseObject({
  reward: z.number(),
  metadata: z
    .looseObject({ errors: z.record(z.string(), z.unknown()).nullish(), token_usage: z.number().nullish() })
    .nullish()
    .catch(undefined),
  model_grader_token_usage_per_model: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});

/** Graders of reinforcement jobs, tried by the service; in v1 under `/alpha/`, and not in every account. Methods throw AzureFailure. */
export class RemoteGraders {
  constructor(
    private readonly requests: Requests,
    private readonly calls: Calls,
  ) {}

  /** Refused with 400 where the service can't use the grader. Grades nothing and costs nothing. */
  async validate(grader: object): Promise<void> {
    await this.calls.run("Checking the grader", () =>
      this.requests.send("post", `${GRADERS}/validate`, { body: { grader } }),
    );
  }

  /**
   * Grades one answer. A model that grades bills its tokens.
   *
   * @param sample - the model's answer
   * @param item - the row that it answers
   */
  run(grader: object, sample: string, item: object): Promise<GraderRun> {
    return this.calls.run("Trying the grader", async () => {
      const body = { grader, model_sample: sample, item };
      const answer = await this.requests.send("post", `${GRADERS}/run`, { body, timeout: RUN_MS });
      const {
        reward,
        metadata,
        model_grader_token_usage_per_model: used,
      } = expectShape(runShape, answer, "the grading of an answer");
      const errors = Object.entries(metadata?.errors ?? {});
      return {
        reward,
        errors: errors.flatMap(([name, value]) => (value === true ? [name] : [])),
        detail: errors.map(([, value]) => value).find((value) => typeof value === "string" && value !== ""),
        tokens: Object.fromEntries(Object.entries(used ?? {}).map(([model, count]) => [model, tokensIn(count)])),
      } as GraderRun;
    });
  }
}

/** A Python grader may run for two minutes (OpenAI's graders guide). */
const RUN_MS = 150_000;

/** The schema leaves open whether it is a number or an object of numbers (read, written and the like). */
function tokensIn(count: unknown): number {
  if (typeof count === "number") return count;
  const { total_tokens: total, ...counts } = (count ?? {}) as Record<string, unknown>;
  if (typeof total === "number") return total;
  return Object.values(counts).reduce<number>((sum, one) => sum + (typeof one === "number" ? one : 0), 0);
}
