import { AzureError } from "../http/azure-error";
import { asObject, bodyObject } from "../http/request";
import type { AccountRecord, ProjectRecord } from "../world/state";
import type { World } from "../world/world";
import { accountEndpoint, FOUNDRY, shownLocation, stateOf } from "./account-view";
import { invalidRequestContent, notFound, requestConflict } from "./errors";
import { checkBody } from "./request-bodies/check";
import { ACCOUNT_TYPE, etag, requireAccount, sameName, systemData } from "./resources";
import type { ArmCall, Route } from "./route";
import { readTags } from "./tags";

const TYPE = `${ACCOUNT_TYPE}/projects`;
const BASE = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account/projects`;
const NAME_RULE = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/;

/** Projects of a Foundry account, each with an endpoint of its own: PUT, GET, list, PATCH and DELETE, at once (recorded). */
export function registerProjects(route: Route, world: World): void {
  route("GET", BASE, `${TYPE}/read`, ({ param }) => {
    const account = requireAccount(world, param("group"), param("account"));
    return { value: projects(account).map((project) => projectView(world, account, project)) };
  });
  route("GET", `${BASE}/:project`, `${TYPE}/read`, ({ param }) => {
    const account = requireAccount(world, param("group"), param("account"));
    return projectView(world, account, requireProject(account, param("project")));
  });
  route("PUT", `${BASE}/:project`, `${TYPE}/write`, (call) => putProject(world, call));
  route("PATCH", `${BASE}/:project`, `${TYPE}/write`, (call) => {
    const account = requireAccount(world, call.param("group"), call.param("account"));
    const project = requireProject(account, call.param("project"));
    const { properties, tags, identity } = checkBody("project", bodyObject(call.request));
    Object.assign(project, {
      properties: { ...project.properties, ...(properties as object) },
      tags: readTags(tags) ?? project.tags,
      identity: asObject(identity) ?? project.identity,
      updatedAt: world.clock.now(),
      updatedBy: call.caller.appid,
    });
    world.save();
    return projectView(world, account, project);
  });
  route("DELETE", `${BASE}/:project`, `${TYPE}/delete`, ({ param, reply }) => {
    const account = requireAccount(world, param("group"), param("account"));
    const project = projects(account).find(({ name }) => sameName(name, param("project")));
    if (!project) return reply.code(204).send();
    account.projects = projects(account).filter((other) => other !== project);
    world.save();
    return reply.code(200).send();
  });
}

function putProject(world: World, call: ArmCall) {
  const account = requireAccount(world, call.param("group"), call.param("account"));
  const name = call.param("project");
  if (stateOf(world, account) !== "Succeeded") throw requestConflict(account.id);
  // That only Foundry accounts with project management have projects is documented; code and text are guesses.
  if (account.kind !== FOUNDRY || account.properties.allowProjectManagement !== true) {
    const sentence = `The account '${account.name}' has no projects: it needs kind AIServices and allowProjectManagement true.`;
    throw new AzureError(400, "InvalidResourceProperties", sentence);
  }
  if (!NAME_RULE.test(name)) throw invalidRequestContent(`The project name '${name}' is not valid.`);
  const { properties, tags, identity, location } = checkBody("project", bodyObject(call.request));
  if (typeof location === "string" && !sameName(location.replaceAll(" ", ""), account.location))
    throw invalidRequestContent(`location must be the account's, ${account.location}, not ${location}.`);
  const existing = projects(account).find((other) => sameName(other.name, name));
  const [now, by] = [world.clock.now(), call.caller.appid];
  const project: ProjectRecord = {
    name: existing?.name ?? name,
    properties: asObject(properties) ?? {},
    tags: readTags(tags),
    ...(asObject(identity) && { identity: asObject(identity) }),
    createdAt: existing?.createdAt ?? now,
    createdBy: existing?.createdBy ?? by,
    updatedAt: now,
    updatedBy: by,
  };
  account.projects = existing
    ? projects(account).map((other) => (other === existing ? project : other))
    : [...projects(account), project];
  world.save();
  void call.reply.code(existing ? 200 : 201);
  return projectView(world, account, project);
}

/** Members as recorded; the first project is the default one. */
function projectView(world: Pick<World, "origin">, account: AccountRecord, project: ProjectRecord) {
  const id = `${account.id}/projects/${project.name}`;
  return {
    id,
    name: `${account.name}/${project.name}`,
    type: TYPE,
    etag: etag(project),
    kind: FOUNDRY,
    location: shownLocation(account),
    ...(project.tags && { tags: project.tags }),
    ...(project.identity && { identity: project.identity }),
    systemData: systemData(project),
    properties: {
      ...project.properties,
      endpoints: { "AI Foundry API": `${accountEndpoint(world, account)}api/projects/${project.name}` },
      isDefault: projects(account)[0] === project,
      provisioningState: "Succeeded",
    },
  };
}

function projects(account: AccountRecord): ProjectRecord[] {
  return account.projects ?? [];
}

/** @throws AzureError ResourceNotFound */
export function requireProject(account: AccountRecord, name: string): ProjectRecord {
  const project = projects(account).find((other) => sameName(other.name, name));
  if (!project) throw notFound.resource(ACCOUNT_TYPE, `${account.name}/projects/${name}`, account.resourceGroup);
  return project;
}
