import { markerOf } from "../pull-request/marker";
import type { Repository } from "./repository";

/**
 * Writes the text as a comment on the pull request, replacing the one that an earlier run wrote for the same stack.
 *
 * @returns address of the comment.
 */
export async function comment(
  { github, owner, repo }: Repository,
  pullRequest: number,
  stack: string,
  text: string,
): Promise<string> {
  const marker = markerOf("preview", stack);
  const body = `${marker}\n${text}`;
  const comments = await github.paginate(github.rest.issues.listComments, {
    owner,
    repo,
    issue_number: pullRequest,
    per_page: 100,
  });
  const ours = comments.find((entry) => entry.body?.startsWith(marker) && entry.user?.type === "Bot");
  const { data } = ours
    ? await github.rest.issues.updateComment({ owner, repo, comment_id: ours.id, body })
    : await github.rest.issues.createComment({ owner, repo, issue_number: pullRequest, body });
  return data.html_url;
}
