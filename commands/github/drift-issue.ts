import { markerOf } from "../pull-request/marker";
import type { Repository } from "./repository";

const label = "drift";

/** What was done with the issue, for the log. */
export interface DriftIssue {
  done: "opened" | "updated" | "closed" | "none open";
  url?: string;
}

/**
 * Keeps one open issue per stack while the account differs from the code: opens it, updates it, and closes it when
 * the drift is gone.
 *
 * @param text - what differs; undefined when nothing does.
 */
export async function driftIssue(repository: Repository, stack: string, text: string | undefined): Promise<DriftIssue> {
  const { github, owner, repo } = repository;
  const marker = markerOf("drift", stack);
  const open = await github.paginate(github.rest.issues.listForRepo, {
    owner,
    repo,
    state: "open",
    labels: label,
    per_page: 100,
  });
  const ours = open.find((issue) => issue.body?.startsWith(marker) && issue.user?.type === "Bot");
  const issue_number = ours?.number ?? 0;
  if (text === undefined) {
    if (!ours) return { done: "none open" };
    const body = "No more drift: the stack matches the code.";
    await github.rest.issues.createComment({ owner, repo, issue_number, body });
    await github.rest.issues.update({ owner, repo, issue_number, state: "closed", state_reason: "completed" });
    return { done: "closed", url: ours.html_url };
  }
  const body = `${marker}\n${text}`;
  if (ours) {
    await github.rest.issues.update({ owner, repo, issue_number, body });
    return { done: "updated", url: ours.html_url };
  }
  const title = `Drift: stack ${stack} differs from the code`;
  const { data } = await github.rest.issues.create({ owner, repo, title, body, labels: [label] });
  return { done: "opened", url: data.html_url };
}
