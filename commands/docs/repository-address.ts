/**
 * Where the files of the repository can be read, for links from the site to what isn't a page. GitHub names the repository in each workflow run;
 * elsewhere there is no such address, and those links become plain text.
 */
export function repositoryAddress(environment: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = environment;
  return server && repository && commit ? `${server}/${repository}/blob/${commit}` : undefined;
}
