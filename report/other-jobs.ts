import { isTerminal, type RemoteJob } from "../azure-openai/remote-jobs";
import { priceOfBill } from "./cost";
import type { ReportSource } from "./report-source";
import type { OtherJob } from "./report-data";

/** Jobs that can be compared with the stack's own: more curves than these can't be told apart. */
const OTHER_JOBS = 8;

type Source = Pick<ReportSource, "dataPlane" | "memory" | "facts">;

/** Ended jobs of the account but for `own`, with their figures and bills. @param jobs newest first */
export function otherJobs(source: Source, jobs: RemoteJob[], own: string | undefined): Promise<OtherJob[]> {
  const others = jobs.filter(({ id, status }) => id !== own && isTerminal(status)).slice(0, OTHER_JOBS);
  return Promise.all(others.map((job) => otherJob(source, job)));
}

async function otherJob({ dataPlane, memory, facts }: Source, job: RemoteJob): Promise<OtherJob> {
  const [steps, tokens] = await Promise.all([memory.resultsOf(dataPlane, job), memory.billOf(dataPlane, job)]);
  const rated = { model: job.model, trainingType: job.trainingType ?? undefined, location: facts.location };
  return {
    id: job.id,
    status: job.status,
    baseModel: job.model,
    fineTunedModel: job.fine_tuned_model ?? undefined,
    createdAt: job.created_at,
    hyperparameters: { ...job.hyperparameters },
    billed:
      tokens === undefined
        ? undefined
        : { tokens, usd: priceOfBill(tokens, { ...rated, catalogFile: facts.estimate?.catalogFile }) },
    steps,
  };
}
