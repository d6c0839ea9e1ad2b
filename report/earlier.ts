import { withoutCheckpoint } from "../azure-openai/model-names";
import type { DataPlane } from "../azure-openai/data-plane";
import type { RemoteJob } from "../azure-openai/remote-jobs";
import type { EarlierModel } from "../stack/stack-models";
import { billFacts, billOf } from "./cost";
import type { JobMemory } from "./job-memory";
import type { SeenJob } from "./lineage";
import { probeFacts } from "./probe-facts";
import type { EarlierFacts } from "./report-data";
import type { StackFacts } from "./stack-facts";

interface EarlierSource {
  facts: StackFacts;
  dataPlane: DataPlane;
  memory: JobMemory;
}

/** What the service says of the job that made the earlier model. @param jobs of the account */
export async function seeEarlier({ facts, dataPlane, memory }: EarlierSource, jobs: RemoteJob[]): Promise<SeenJob> {
  const { earlier } = facts;
  if (!earlier) return { job: undefined, events: [] };
  const model = withoutCheckpoint(earlier.name);
  const job = jobs.find(({ id, fine_tuned_model: made }) => (earlier.jobId ? id === earlier.jobId : made === model));
  return { job, events: job ? await memory.eventsOf(dataPlane, job) : [] };
}

/** The earlier model with its own job, bill and proof. */
export function earlierFacts(earlier: EarlierModel, facts: StackFacts, { job: seen, events }: SeenJob): EarlierFacts {
  const { name, job, model, deployment, probe } = earlier;
  const id = earlier.jobId ?? seen?.id;
  return {
    model: name,
    deployment: deployment && { name: deployment.name, sku: deployment.sku, capacity: deployment.capacity },
    job: id === undefined ? undefined : { id, ...jobFacts(earlier, seen) },
    // It has a model, so its training has ended.
    ...billFacts(facts, job, billOf(job ?? model, model, events), "succeeded"),
    probe: probe && probeFacts(probe),
  };
}

function jobFacts(
  { job, model }: EarlierModel,
  seen: RemoteJob | undefined,
): Omit<NonNullable<EarlierFacts["job"]>, "id"> {
  return {
    status: seen?.status ?? model?.status ?? job?.status,
    baseModel: seen?.model ?? job?.model ?? model?.baseModel,
    createdAt: seen?.created_at ?? job?.createdAt ?? model?.createdAt,
    finishedAt: seen?.finished_at ?? model?.finishedAt ?? undefined,
  };
}
