import type { Repository } from "./repository";

/**
 * Starts a run of a workflow that has a `workflow_dispatch` trigger. It is one of the two events that GITHUB_TOKEN may cause
 * (docs.github.com, "Triggering a workflow from a workflow"); the job needs `actions: write`.
 *
 * @param workflow - its file name, e.g. `up.yml`.
 * @param ref - branch that it runs on.
 */
export async function dispatch(
  { github, owner, repo }: Repository,
  workflow: string,
  ref: string,
  inputs: Record<string, string>,
): Promise<void> {
  await github.rest.actions.createWorkflowDispatch({ owner, repo, workflow_id: workflow, ref, inputs });
}
