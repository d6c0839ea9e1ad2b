import type { Calls } from "./calls";
import { listAll } from "./list-all";
import type { Requests } from "./requests";
import { modelShape } from "./shapes";

/** The service gives all models at once, whatever is asked for. */
const ALL_AT_ONCE = Infinity;

/** Models that an account can see: base models and its own fine-tuned ones. Methods throw AzureFailure. */
export class RemoteModels {
  constructor(
    private readonly requests: Requests,
    private readonly calls: Calls,
  ) {}

  /**
   * Names of the models that a job made. A fine-tuned model is called `<base>.ft-<32 hex of the job's id>[-<suffix>]`
   * (seen in every recorded job), so that the model of a job whose record is gone can still be found.
   */
  madeBy(jobId: string): Promise<string[]> {
    const marker = `.ft-${jobId.replace(/^ftjob-/, "")}`;
    return this.calls.run("Listing the models", async () => {
      const models = await listAll(
        () => this.requests.send("get", "/models"),
        modelShape,
        "a list of models",
        ALL_AT_ONCE,
      );
      return models.map((model) => model.id).filter((name) => name.includes(marker));
    });
  }
}
