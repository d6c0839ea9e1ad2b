import type { TestService } from "../../src/testing";
import type { AccountRecord } from "../../src/world/state";
import { v1 } from "./openai-clients";
import { uploadFile } from "./plain-client";

/** Trains a model on these conversations, on a service where nothing takes time, and gives its name. */
export async function tuned(service: TestService, account: AccountRecord, conversations: object[][]): Promise<string> {
  const text = conversations.map((messages) => JSON.stringify({ messages })).join("\n");
  const file = await uploadFile(service, account, "openai/v1/files", text, "fine-tune");
  const client = v1(service, account);
  const job = await client.fineTuning.jobs.create({ model: "gpt-4.1", training_file: file.body.id as string });
  const { fine_tuned_model: model, error } = await client.fineTuning.jobs.retrieve(job.id);
  if (!model) throw new Error(`The job has failed: ${JSON.stringify(error)}`);
  return model;
}
