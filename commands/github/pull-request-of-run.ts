/** The part of the event `workflow_run` that decides where a comment goes (docs.github.com/webhooks, "workflow_run"). */
export interface WorkflowRunEvent {
  repository?: { full_name?: string };
  workflow_run?: {
    id?: number;
    event?: string;
    path?: string;
    head_sha?: string;
    html_url?: string;
    head_repository?: { full_name?: string } | null;
    /** Open pull requests with this branch as their head; empty for a fork's. */
    pull_requests?: { number?: number; head?: { sha?: string }; base?: { repo?: { url?: string } } }[];
  };
}

/** Where a comment goes, or why there is none. */
export type Target = { pullRequests: number[]; runId: number; runUrl: string; commit: string } | { reason: string };

/**
 * The pull requests that a run of preview.yml belongs to, according to GitHub. Nothing that the run itself wrote counts:
 * its code is the pull request's, which could name another one.
 */
export function pullRequestOfRun({ repository, workflow_run: run }: WorkflowRunEvent): Target {
  const name = repository?.full_name;
  if (!run || !name) return { reason: "the event is not from a workflow run" };
  if (run.event !== "pull_request") return { reason: `the run was started by ${run.event ?? "an unknown event"}` };
  if (run.path?.split("@")[0] !== ".github/workflows/preview.yml")
    return { reason: `the run belongs to ${run.path ?? "an unknown workflow"}` };
  if (run.head_repository?.full_name !== name)
    return { reason: `the code is from ${run.head_repository?.full_name ?? "a deleted repository"}` };
  // Of other repositories, too: a fork may have a pull request of the same branch open against its own copy.
  const ours = (run.pull_requests ?? []).filter((entry) => entry.base?.repo?.url?.endsWith(`/repos/${name}`));
  const current = ours.filter((entry) => entry.head?.sha === run.head_sha).map(({ number }) => number);
  const pullRequests = current.filter((number) => number !== undefined && Number.isSafeInteger(number) && number > 0);
  if (pullRequests.length === 0) {
    return {
      reason: ours.length > 0 ? "the pull request has a newer commit" : "the branch has no open pull request",
    };
  }
  if (!run.id || !run.head_sha) return { reason: "the event has no run ID or no commit" };
  return { pullRequests: pullRequests as number[], runId: run.id, runUrl: run.html_url ?? "", commit: run.head_sha };
}
