import type { AccountRecord } from "../src/world/state";
import type { TestService } from "../src/testing";
import { trainingText, upload } from "./data-plane/examples";
import { v1 } from "./data-plane/openai-clients";

/** Trains a model on the account through the data plane and gives its name. */
export async function fineTunedModel(
  service: TestService,
  account: AccountRecord,
  suffix: string,
  model = "gpt-4o-mini-2024-07-18",
) {
  const client = v1(service, account);
  const { file, purpose } = upload(trainingText(), `${suffix}.jsonl`);
  const training = await client.files.create({ file: await file, purpose });
  service.advance(60_000);
  const job = await client.fineTuning.jobs.create({ model, training_file: training.id, suffix });
  service.advance(3600_000);
  const done = await client.fineTuning.jobs.retrieve(job.id);
  if (!done.fine_tuned_model) throw new Error(`The job is ${done.status}: ${JSON.stringify(done.error)}`);
  return done.fine_tuned_model;
}
