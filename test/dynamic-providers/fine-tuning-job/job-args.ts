import type { FineTuningJobArgs } from "../../../dynamic-providers/fine-tuning-job/schema";

/** Arguments of a job with which nothing is wrong. */
export const jobArgs: FineTuningJobArgs = {
  accountId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a",
  location: "northcentralus",
  model: "gpt-4o-mini-2024-07-18",
  method: "supervised",
  trainingType: "Standard",
  trainingFileId: "file-1",
  trainingSha256: "a".repeat(64),
  project: "finetune",
  stack: "dev",
  logicalName: "job",
};
