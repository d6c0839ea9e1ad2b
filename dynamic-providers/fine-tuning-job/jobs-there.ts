import { AzureFailure, isNotFound } from "../../azure-openai/failure";
import type { DataPlane } from "../../azure-openai/data-plane";
import type { RemoteJob } from "../../azure-openai/remote-jobs";
import type { Context } from "../runtime/context";
import { dataPlaneIfAny } from "../runtime/data-plane";
import type { JobPlan } from "../runtime/run-plan";
import { hasUnknown } from "../runtime/unknown";
import { chooseJob, ownJobs } from "./choose-job";
import { MisfitError, previewExistingJob } from "./existing-job";
import type { FineTuningJobInputs } from "./schema";

/** What a look at the account's jobs found. */
interface Look {
  /** The job that `create` would take over instead of submitting one. */
  job?: RemoteJob;
  /** The account's jobs, where they were listed. */
  all?: RemoteJob[];
  /** Why the job that `existingJobId` names can't be taken over. */
  refused?: string;
  /** Why the jobs could not be read: then `up` may still find one. */
  unread?: string;
}

/**
 * The jobs that the account has already, for a plan that would create one. An earlier run of this stack may have submitted the training:
 * it was interrupted before its state was stored, or failed after the submission and the settings were set back. `up` takes such a job
 * over and pays nothing, so a preview that did not look would announce a cost that doesn't come.
 */
export class JobsThere {
  private readonly looks = new Map<string, Promise<Look>>();

  constructor(private readonly context: Context) {}

  /**
   * What the plan comes to when these jobs are considered. It reads, with one request per training and process, and never throws.
   *
   * @param plan - what the state and the settings alone come to
   */
  async considered(plan: JobPlan, inputs: FineTuningJobInputs): Promise<JobPlan> {
    if (plan.does !== "train" && plan.does !== "train again") return plan;
    const { job, unread } = await this.look(inputs);
    if (!job) return { ...plan, unread };
    const oldModel = plan.does === "train again" ? plan.oldModel : undefined;
    return { does: "continue", jobId: job.id, status: job.status, oldModel };
  }

  /** Status of another job of the account, as far as the same look tells it. */
  async statusOf(jobId: string, inputs: FineTuningJobInputs): Promise<string | undefined> {
    return (await this.look(inputs)).all?.find(({ id }) => id === jobId)?.status;
  }

  /** The look itself, remembered: a job that is replaced is checked twice. */
  look(inputs: FineTuningJobInputs): Promise<Look> {
    const { accountId, marker, model, existingJobId } = inputs;
    // An account that this run makes holds no job, and its roles have not taken effect yet.
    if (hasUnknown([accountId, marker, model]) || this.context.plan.accounts.isMade(accountId))
      return Promise.resolve({});
    const key = existingJobId ?? marker;
    let look = this.looks.get(key);
    if (!look) this.looks.set(key, (look = this.ask(inputs)));
    return look;
  }

  private async ask(inputs: FineTuningJobInputs): Promise<Look> {
    try {
      const dataPlane = await dataPlaneIfAny(this.context, inputs.accountId);
      return dataPlane ? await jobThere(dataPlane, inputs) : {};
    } catch (error) {
      return { unread: error instanceof AzureFailure ? error.said : String(error) };
    }
  }
}

async function jobThere(dataPlane: DataPlane, inputs: FineTuningJobInputs): Promise<Look> {
  if (inputs.existingJobId === undefined) {
    const all = await dataPlane.jobs.list();
    return { all, job: chooseJob(ownJobs(all, inputs)) };
  }
  try {
    return { job: await previewExistingJob(dataPlane, inputs) };
  } catch (error) {
    if (error instanceof MisfitError || isNotFound(error)) return { refused: (error as Error).message };
    throw error;
  }
}
