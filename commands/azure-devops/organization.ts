import { neededIn, type RestApi } from "../pull-request/rest-api";

/** Version of the REST API (learn.microsoft.com/rest/api/azure/devops). */
export const API_VERSION = "api-version=7.1";

/**
 * The project of Azure DevOps whose pipeline runs, for the job's own identity ("<project> Build Service"): SYSTEM_COLLECTIONURI and SYSTEM_TEAMPROJECTID, which
 * the agent sets, and SYSTEM_ACCESSTOKEN, which the step must map.
 *
 * @throws UserError that names the missing variable
 */
export function projectOf(env: NodeJS.ProcessEnv): RestApi {
  const collection = collectionOf(env);
  const project = neededIn(env, "SYSTEM_TEAMPROJECTID", "the Azure Pipelines agent sets it");
  return { ...collection, base: `${collection.base}/${encodeURIComponent(project)}` };
}

/** The organization (or collection) of that project. */
export function collectionOf(env: NodeJS.ProcessEnv): RestApi {
  const uri = neededIn(env, "SYSTEM_COLLECTIONURI", "the Azure Pipelines agent sets it");
  const token = neededIn(
    env,
    "SYSTEM_ACCESSTOKEN",
    "add env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) } to the step",
  );
  return {
    platform: "Azure DevOps",
    base: uri.replace(/\/+$/, ""),
    // Without the second header an expired or missing token gets a page to sign in by.
    headers: { authorization: `Bearer ${token}`, "x-tfs-fedauthredirect": "Suppress" },
    ifRefused: 'Check the permissions of the identity "<project> Build Service": docs/pipelines.md lists them.',
  };
}
