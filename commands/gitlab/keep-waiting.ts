import { allNeededIn, callApi } from "../pull-request/rest-api";

/**
 * Starts the next pipeline of this branch by the job's own token (docs.gitlab.com/ci/triggers, "Use a CI/CD job token"). Its job that deploys is started by a
 * person, so none is started without end.
 *
 * @returns what was done, for the log.
 * @throws UserError when GitLab refuses
 */
export async function keepWaiting(env: NodeJS.ProcessEnv): Promise<string> {
  const ofRunner = "GitLab sets it in every job";
  const names = ["CI_API_V4_URL", "CI_PROJECT_ID", "CI_COMMIT_REF_NAME", "CI_JOB_TOKEN"] as const;
  const [base, project, ref, token] = allNeededIn(env, names, ofRunner);
  const api = {
    ...{ platform: "GitLab", base, headers: {} },
    ifRefused: 'Check Settings > CI/CD > Job token permissions, or press "Run pipeline" on this branch yourself.',
  };
  const path = `/projects/${encodeURIComponent(project)}/trigger/pipeline`;
  const { id, web_url: url } = await callApi<{ id: number; web_url?: string }>(api, "POST", path, { token, ref });
  return `Started pipeline ${id}, which will continue to wait for the training job${url ? `: ${url}` : "."}`;
}
