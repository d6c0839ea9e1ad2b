import type { OpenAI } from "openai";
import type { Calls } from "./calls";

/** Models that an account can see: base models and its own fine-tuned ones. Methods throw AzureFailure. */
export class RemoteModels {
  constructor(
    private readonly client: OpenAI,
    private readonly calls: Calls,
  ) {}

  /**
   * Names of the models that a job made. A fine-tuned model is called `<base>.ft-<32 hex of the job's id>[-<suffix>]`
   * (seen in every recorded job), so that the model of a job whose record is gone can still be found.
   */
  madeBy(jobId: string): Promise<string[]> {
    const marker = `.ft-${jobId.replace(/^ftjob-/, "")}`;
    return this.calls.run("Listing the models", async () => {
      const names: string[] = [];
      for await (const model of this.client.models.list()) if (model.id.includes(marker)) names.push(model.id);
      return names;
    });
  }
}
