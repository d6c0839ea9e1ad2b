import { billOf } from "./cost";
import type { RemoteEvent, RemoteJob } from "../azure-openai/remote-jobs";
import type { Lineage } from "./report-data";
import { projectVersions } from "./versions";
import type { StackFacts } from "./stack-facts";
import type { UpdateRecord } from "./update-history";

/** The lineage card of a stack. @param job as the service tells it now, with its events; the state holds what was asked */
export function lineageOf(
  stack: string,
  facts: StackFacts,
  job: RemoteJob | undefined,
  events: RemoteEvent[],
  updates: UpdateRecord[],
): Lineage {
  const { job: submitted } = facts;
  const update = submitted && updateOf(updates, submitted.createdAt);
  return {
    version: 1,
    stack,
    account: { name: facts.accountName, location: facts.location },
    base: { model: job?.model ?? submitted?.model ?? facts.datasets[0]?.model ?? "" },
    method: submitted?.method,
    trainingType: submitted?.trainingType,
    hyperparametersAsked: { ...submitted?.hyperparameters },
    hyperparameters: { ...job?.hyperparameters },
    seed: job?.seed ?? submitted?.seed,
    datasets: facts.datasets.map((data) => ({
      role: data.role,
      path: data.path,
      sha256: data.sha256,
      examples: data.examples,
      tokens: data.tokens.total.sum,
      fileId: data.role === "training" ? submitted?.trainingFileId : submitted?.validationFileId,
    })),
    job: submitted && {
      id: submitted.jobId,
      status: job?.status ?? submitted.status,
      createdAt: isoOf(submitted.createdAt),
      finishedAt: job?.finished_at ? isoOf(job.finished_at) : undefined,
      trainedTokens: job?.trained_tokens ?? undefined,
      billedTokens: billOf(facts, events),
      trainingKey: submitted.trainingKey,
      suffix: submitted.suffix,
      adopted: submitted.adopted,
    },
    model: facts.model?.fineTunedModel
      ? { name: facts.model.fineTunedModel, checkpoint: facts.model.checkpoint }
      : undefined,
    deployment: facts.deployment,
    code: update?.commit
      ? { commit: update.commit, dirty: update.dirty, updatedAt: isoOf(update.startedAt) }
      : undefined,
    versions: { ...projectVersions(), ...(update?.pulumi ? { pulumi: update.pulumi } : {}) },
  };
}

/** The update during which the job was made: the last that had begun by then. */
function updateOf(updates: UpdateRecord[], createdAt: number): UpdateRecord | undefined {
  const begun = updates.filter(({ startedAt }) => startedAt <= createdAt);
  return begun.sort((a, b) => b.startedAt - a.startedAt)[0];
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
