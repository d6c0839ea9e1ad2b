import { asObject, bodyObject } from "../../http/request";
import type { Call, Endpoint } from "../api/call";
import { invalidPayload } from "../api/errors";
import { readGrader, requireFormula } from "./read-grader";
import { runGrader, type GraderError, type Grading } from "./run-grader";

/** Under `/alpha/` in both flavours; in dated versions since those of 2025 [guess: only v1's schema has them]. */
const alpha = { method: "POST", action: "fine-tunes/write", since: "2025-01-01" } as const;

export const graderOperations: Endpoint[] = [
  { ...alpha, path: "/fine_tuning/alpha/graders/run", run },
  { ...alpha, path: "/fine_tuning/alpha/graders/validate", run: validate },
];

function validate({ request }: Call): unknown {
  const grader = readGrader(bodyObject(request).grader, "grader");
  requireFormula(grader, "grader");
  return { grader };
}

async function run({ request }: Call): Promise<unknown> {
  const { grader, model_sample: answer, item } = bodyObject(request);
  const spec = readGrader(grader, "grader");
  if (typeof answer !== "string")
    throw invalidPayload("model_sample must be a string: the model's answer.", "model_sample");
  if (item !== undefined && item !== null && !asObject(item)) throw invalidPayload("item must be an object.", "item");
  const started = performance.now();
  const grading = await runGrader(spec, answer, asObject(item) ?? {});
  const seconds = (performance.now() - started) / 1000;
  const perModel: Record<string, number> = {};
  for (const [model, { prompt, completion }] of Object.entries(grading.tokens)) perModel[model] = prompt + completion;
  const models = Object.keys(perModel);
  const used = Object.values(perModel).reduce((sum, tokens) => sum + tokens, 0);
  return {
    reward: grading.reward,
    metadata: {
      name: typeof spec.name === "string" ? spec.name : String(spec.type),
      type: spec.type,
      errors: errorsView(grading),
      execution_time: seconds,
      scores: grading.parts,
      token_usage: models.length > 0 ? used : null,
      sampled_model_name: models.length === 1 ? models[0] : null,
    },
    sub_rewards: grading.parts,
    model_grader_token_usage_per_model: perModel,
  };
}

function errorsView({ errors, reason }: Grading) {
  const has = (error: GraderError): boolean => errors.includes(error);
  const pythonFailed = has("python_grader_server_error");
  return {
    formula_parse_error: has("formula_parse_error"),
    sample_parse_error: has("sample_parse_error"),
    truncated_observation_error: false,
    unresponsive_reward_error: false,
    invalid_variable_error: has("invalid_variable_error"),
    other_error: has("other_error"),
    python_grader_server_error: pythonFailed,
    python_grader_server_error_type: pythonFailed ? reason! : null,
    python_grader_runtime_error: false,
    python_grader_runtime_error_details: null,
    model_grader_server_error: false,
    model_grader_refusal_error: false,
    model_grader_parse_error: has("model_grader_parse_error"),
    model_grader_server_error_details: null,
  };
}
