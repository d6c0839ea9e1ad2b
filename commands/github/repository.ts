import { Octokit } from "@octokit/rest";
import { outboundFetch } from "../../azure-openai/outbound/fetch";
import { UserError } from "../../stack/command";

/** The repository whose workflow runs, and a client that acts for the run. */
export interface Repository {
  github: Octokit;
  owner: string;
  repo: string;
}

/**
 * The repository as GitHub's runner names it: GITHUB_REPOSITORY, GITHUB_TOKEN and, on GitHub Enterprise, GITHUB_API_URL.
 *
 * @throws UserError that names the missing variable.
 */
export function repositoryOf(env: NodeJS.ProcessEnv): Repository {
  const [owner, repo] = needed(env, "GITHUB_REPOSITORY").split("/");
  if (!owner || !repo) throw new UserError(`GITHUB_REPOSITORY is "${env.GITHUB_REPOSITORY}"; expected owner/name.`);
  const auth = needed(env, "GITHUB_TOKEN");
  return {
    github: new Octokit({
      auth,
      baseUrl: env.GITHUB_API_URL ?? "https://api.github.com",
      request: { fetch: outboundFetch },
    }),
    owner,
    repo,
  };
}

/** @throws UserError when the variable is not set. */
export function needed(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new UserError(`${name} is not set; in a workflow, add env: { ${name}: ... } to the step.`);
  return value;
}
