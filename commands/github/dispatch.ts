import type { Repository } from "./repository";

/** Statuses of a run that has not started (docs.github.com/rest, "List workflow runs"). */
const notBegun = ["queued", "pending", "waiting", "requested"];

export interface Dispatch {
  /** File name of the workflow, e.g. `up.yml`. */
  workflow: string;
  /** Branch that it runs on. */
  ref: string;
  inputs: Record<string, string>;
  /** The requesting run; it doesn't count as one that continues. */
  runId?: number;
}

/**
 * Starts a run of a workflow that has a `workflow_dispatch` trigger. It is one of the two events that GITHUB_TOKEN may cause
 * (docs.github.com, "Triggering a workflow from a workflow"); the job needs `actions: write`.
 *
 * GitHub keeps one pending run per concurrency group and cancels an older one. That would be the run of a push, with a
 * change that somebody wants deployed. It does everything that a new run would, so none is started beside it.
 *
 * @returns id of the run that already exists; undefined when one was started.
 */
export async function dispatch(
  { github, owner, repo }: Repository,
  { workflow, ref, inputs, runId }: Dispatch,
): Promise<number | undefined> {
  const { data } = await github.rest.actions.listWorkflowRuns({ owner, repo, workflow_id: workflow, branch: ref });
  const next = data.workflow_runs.find(({ id, status }) => id !== runId && notBegun.includes(status ?? ""));
  if (next) return next.id;
  await github.rest.actions.createWorkflowDispatch({ owner, repo, workflow_id: workflow, ref, inputs });
  return undefined;
}
