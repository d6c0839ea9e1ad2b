import { z } from "zod";

/*
 * The least that an answer of the data plane must have to be believed: what decisions are made from. Members that only inform are
 * dropped where they are of another kind; unknown ones are ignored.
 */

const id = z.string().min(1);
const seconds = z.number().nonnegative();
const optionalNumber = z.number().nullish().catch(undefined);
const optionalText = z.string().nullish().catch(undefined);

export const fileShape = z.looseObject({
  id,
  filename: z.string(),
  purpose: z.string(),
  bytes: z.number().nullish(),
  created_at: seconds,
  status: z.string().min(1),
  status_details: optionalText,
});

export const jobShape = z.looseObject({
  id,
  model: z.string().min(1),
  status: z.string().min(1),
  created_at: seconds,
  finished_at: optionalNumber,
  estimated_finish: optionalNumber,
  fine_tuned_model: z.string().nullish(),
  training_file: z.string().nullish(),
  validation_file: z.string().nullish(),
  result_files: z.array(z.string()).nullish(),
  trained_tokens: optionalNumber,
  training_hours_billed: optionalNumber,
  seed: optionalNumber,
  suffix: z.string().nullish(),
  hyperparameters: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  method: z.looseObject({ type: z.string().optional() }).nullish().catch(undefined),
  trainingType: optionalText,
  error: z.looseObject({ code: optionalText, message: optionalText }).nullish().catch(undefined),
});

export const eventShape = z.looseObject({
  id,
  created_at: seconds,
  level: z.string(),
  message: z.string(),
  type: z.string().optional().catch(undefined),
  data: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});

export const checkpointShape = z.looseObject({
  id,
  fine_tuned_model_checkpoint: z.string().min(1),
  step_number: z.number(),
  metrics: z.record(z.string(), z.unknown()).catch({}),
});

export const modelShape = z.looseObject({ id });

export const uploadShape = z.looseObject({ id, status: z.string().min(1), expires_at: seconds });

export const completedUploadShape = z.looseObject({ id, file: z.looseObject({ id }).nullish() });

export const partShape = z.looseObject({ id });

export const deletionShape = z.looseObject({ id, deleted: z.literal(true) });

export const completionShape = z.looseObject({
  model: z.string().min(1),
  choices: z
    .array(z.looseObject({ message: z.looseObject({ content: z.string().nullish() }), finish_reason: optionalText }))
    .min(1),
  usage: z
    .looseObject({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      prompt_tokens_details: z.looseObject({ cached_tokens: optionalNumber }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
});
