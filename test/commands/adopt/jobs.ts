import type OpenAI from "openai";

type Job = OpenAI.FineTuning.FineTuningJob;

/** A job of OpenAI's platform that has ended well; ids are made up. */
export const job: Job = {
  object: "fine_tuning.job",
  id: "ftjob-Ab12",
  model: "gpt-4o-mini-2024-07-18",
  created_at: 1756628723,
  finished_at: 1756629841,
  estimated_finish: null,
  fine_tuned_model: "ft:gpt-4o-mini-2024-07-18:contoso:tutor:BTz2REMH",
  organization_id: "org-abc123",
  result_files: ["file-9TLx"],
  status: "succeeded",
  training_file: "file-train1",
  validation_file: null,
  hyperparameters: { n_epochs: 3, batch_size: 1, learning_rate_multiplier: 1.8 },
  trained_tokens: 1700,
  error: null,
  seed: 1588808397,
  integrations: [],
  metadata: null,
  method: {
    type: "supervised",
    supervised: { hyperparameters: { n_epochs: 3, batch_size: 1, learning_rate_multiplier: 1.8 } },
  },
};

/** As the job is answered, with members that the published object doesn't have. */
export const jobWith = (changes: Record<string, unknown>): Record<string, unknown> => ({ ...job, ...changes });
