import { checkArtifact, untrustedFile } from "./artifact";
import { comment } from "./comment";
import { pullRequestOfRun, type WorkflowRunEvent } from "./pull-request-of-run";
import type { Repository } from "./repository";
import { SUMMARY_ARTIFACT } from "./summary-artifact";
import { harmless } from "./untrusted";

/**
 * Whether a run of preview.yml left a summary to download for an open pull request.
 *
 * @returns undefined when it did, else why not.
 * @throws UserError when the artifact is too large.
 */
export async function whyNoComment(repository: Repository, event: WorkflowRunEvent): Promise<string | undefined> {
  const target = pullRequestOfRun(event);
  if ("reason" in target) return target.reason;
  const found = await checkArtifact(repository, target.runId, SUMMARY_ARTIFACT);
  return found ? undefined : `run ${target.runId} left no artifact ${SUMMARY_ARTIFACT}`;
}

/**
 * Writes the summary that a pull request's run left as the comment on that pull request. This runs `main`'s code with the right to
 * write comments; what it writes comes from code that nobody has reviewed, and says so.
 *
 * @param file - the summary as it was downloaded.
 * @returns what was done, or why nothing, for the log.
 */
export async function commentOfRun(
  repository: Repository,
  event: WorkflowRunEvent,
  file: string,
  stack: string,
): Promise<string> {
  const target = pullRequestOfRun(event);
  if ("reason" in target) return `No comment: ${target.reason}.`;
  const source = `_Written by the pull request's own code at ${target.commit.slice(0, 12)} ([run ${target.runId}](${target.runUrl})). \`up\` runs only a plan that was approved beforehand._`;
  const text = `${source}\n\n${harmless(untrustedFile(file))}`;
  const urls: string[] = [];
  for (const number of target.pullRequests) urls.push(await comment(repository, number, stack, text));
  return `Comment: ${urls.join(", ")}`;
}
