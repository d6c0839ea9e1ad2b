import { markerOf } from "../pull-request/marker";
import { allNeededIn, callApi, type RestApi } from "../pull-request/rest-api";

const PAGE = 100;

interface Note {
  id: number;
  body: string;
  author?: { id?: number };
}

/**
 * Writes the text as a note on the merge request that the pipeline belongs to, replacing the one that an earlier pipeline wrote for the same stack
 * (docs.gitlab.com/api/notes). A job's own CI_JOB_TOKEN can't write notes, so it takes a project access token in FINETUNE_GITLAB_TOKEN.
 *
 * @returns what was done, or why nothing, for the log.
 * @throws UserError when GitLab refuses
 */
export async function comment(env: NodeJS.ProcessEnv, stack: string, text: string): Promise<string> {
  const token = env.FINETUNE_GITLAB_TOKEN;
  if (!token)
    return "No comment: FINETUNE_GITLAB_TOKEN is not set, and a job's own token can't write notes. The summary is an artifact of this job.";

  const ofRunner = "GitLab sets it in a pipeline of a merge request";
  const names = ["CI_API_V4_URL", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID"] as const;
  const [base, project, number] = allNeededIn(env, names, ofRunner);
  const api: RestApi = {
    ...{ platform: "GitLab", base, headers: { "private-token": token } },
    ifRefused: "Check that FINETUNE_GITLAB_TOKEN is valid and has the api scope and at least the Reporter role.",
  };
  const notes = `/projects/${encodeURIComponent(project)}/merge_requests/${encodeURIComponent(number)}/notes`;
  const marker = markerOf("preview", stack);
  const body = `${marker}\n${withoutQuickActions(text)}`;
  const ours = await findNote(api, notes, marker);
  if (ours) {
    await callApi(api, "PUT", `${notes}/${ours.id}`, { body });
    return `Updated the note on merge request ${number}.`;
  }
  await callApi(api, "POST", notes, { body });
  return `Added a note to merge request ${number}.`;
}

/** Somebody may quote our line: only a note of the token's own user is ours. */
async function findNote(api: RestApi, notes: string, marker: string): Promise<Note | undefined> {
  const self = await callApi<{ id: number }>(api, "GET", "/user");
  for (let page = 1; ; page++) {
    const found = await callApi<Note[]>(api, "GET", `${notes}?sort=asc&per_page=${PAGE}&page=${page}`);
    const ours = found.find(({ body, author }) => body.startsWith(marker) && author?.id === self.id);
    if (ours ?? found.length < PAGE) return ours;
  }
}

/** A line that begins with a slash can be an order to GitLab (`/merge`, `/approve`), which the token's user would give. */
function withoutQuickActions(text: string): string {
  return text.replaceAll(/^(\s*)\//gm, "$1\u200b/");
}
