import { markerOf } from "../pull-request/marker";
import { callApi, neededIn } from "../pull-request/rest-api";
import { API_VERSION, collectionOf, projectOf } from "./organization";

/** Room for our own line: Azure DevOps takes comments up to 150,000 characters. */
const MAX_CHARACTERS = 149_000;

interface Thread {
  id: number;
  isDeleted?: boolean;
  comments?: { id: number; content?: string; isDeleted?: boolean; author?: { id?: string } }[];
}

/**
 * Writes the text as a comment on the pull request that the run belongs to, replacing the one that an earlier run wrote for the same stack
 * (learn.microsoft.com/rest/api/azure/devops/git/pull-request-threads). Its thread is closed from the start, so that a policy which wants every thread
 * resolved does not wait for it.
 *
 * @returns what was done, for the log.
 * @throws UserError when Azure DevOps refuses, or the repository is elsewhere
 */
export async function comment(env: NodeJS.ProcessEnv, stack: string, text: string): Promise<string> {
  const project = projectOf(env);
  const number = neededIn(
    env,
    "SYSTEM_PULLREQUEST_PULLREQUESTID",
    "the Azure Pipelines agent sets it when a branch policy of Azure Repos starts the run for a pull request",
  );
  const repository = neededIn(env, "BUILD_REPOSITORY_ID", "the Azure Pipelines agent sets it");
  const threads = `/_apis/git/repositories/${encodeURIComponent(repository)}/pullRequests/${encodeURIComponent(number)}/threads`;
  const marker = markerOf("preview", stack);
  const content = `${marker}\n${text}`.slice(0, MAX_CHARACTERS);

  const self = await callApi<{ authenticatedUser?: { id?: string } }>(
    collectionOf(env),
    "GET",
    `/_apis/connectionData?${API_VERSION}-preview`,
  );
  const { value } = await callApi<{ value: Thread[] }>(project, "GET", `${threads}?${API_VERSION}`);
  for (const { id, comments: [first] = [], isDeleted } of value) {
    // Somebody may quote our line; only its author can change a comment.
    if (!first?.content?.startsWith(marker) || first.author?.id !== self.authenticatedUser?.id) continue;
    if (isDeleted || first.isDeleted) continue;
    await callApi(project, "PATCH", `${threads}/${id}/comments/${first.id}?${API_VERSION}`, { content });
    return `Updated the comment on pull request ${number}.`;
  }
  const first = { parentCommentId: 0, commentType: "text", content };
  await callApi(project, "POST", `${threads}?${API_VERSION}`, { comments: [first], status: "closed" });
  return `Added a comment to pull request ${number}.`;
}
