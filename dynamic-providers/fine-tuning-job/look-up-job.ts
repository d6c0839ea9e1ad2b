import type { DataPlane } from "../../azure-openai/data-plane";
import { isNotFound } from "../../azure-openai/failure";
import type { RemoteJob } from "../../azure-openai/remote-jobs";

/** The job, or `undefined` when the account has no record of it. @throws AzureFailure for anything but 404 */
export async function lookUpJob(dataPlane: DataPlane, jobId: string): Promise<RemoteJob | undefined> {
  try {
    return await dataPlane.jobs.get(jobId);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
