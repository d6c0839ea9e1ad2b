import { UserError } from "../../stack/command";
import { allNeededIn, callApi } from "../pull-request/rest-api";
import { API_VERSION, projectOf } from "./organization";

/** A training that is still not over after so many runs is none that more waiting helps. */
const MOST_RUNS = 100;

/**
 * Starts the next run of this pipeline on this branch, unless one is queued or running already, which will plan the same
 * (learn.microsoft.com/rest/api/azure/devops/pipelines/runs/run-pipeline). It needs the permission "Queue builds" on the pipeline.
 *
 * @param waited - runs that have waited before this one; the next one gets one more as its parameter `waited`.
 * @returns what was done, for the log.
 * @throws UserError when Azure DevOps refuses, or after a hundred runs
 */
export async function keepWaiting(env: NodeJS.ProcessEnv, waited: number): Promise<string> {
  if (waited >= MOST_RUNS) {
    throw new UserError(
      `${waited} runs have already waited for the training job. Check the job before you start another run.`,
    );
  }
  const project = projectOf(env);
  const ofAgent = "the Azure Pipelines agent sets it";
  const names = ["SYSTEM_DEFINITIONID", "BUILD_SOURCEBRANCH", "BUILD_BUILDID"] as const;
  const [pipeline, branch, own] = allNeededIn(env, names, ofAgent);
  const query = new URLSearchParams({
    definitions: pipeline,
    branchName: branch,
    statusFilter: "notStarted,inProgress",
  });
  const { value } = await callApi<{ value: { id: number }[] }>(
    project,
    "GET",
    `/_apis/build/builds?${query.toString()}&${API_VERSION}`,
  );
  const next = value.find(({ id }) => String(id) !== own);
  if (next) return `Run ${next.id} of this pipeline is already queued or running, so no new run was started.`;
  const run = await callApi<{ id: number }>(project, "POST", `/_apis/pipelines/${pipeline}/runs?${API_VERSION}`, {
    resources: { repositories: { self: { refName: branch } } },
    templateParameters: { waited: String(waited + 1) },
  });
  return `Started run ${run.id}, which will continue to wait for the training job.`;
}
