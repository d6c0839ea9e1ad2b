import type { FastifyInstance } from "fastify";
import type { World } from "../world/world";
import { registerAccountKeys } from "./account-keys";
import { registerAccountLists } from "./account-lists";
import { registerAccounts } from "./accounts";
import { registerAvailability } from "./availability";
import { registerDeletedAccounts } from "./deleted-accounts";
import { registerDeployments } from "./deployments";
import { registerModelCapacities } from "./model-capacities";
import { registerModels } from "./models";
import { registerOperations } from "./operations";
import { registerPermissions } from "./permissions";
import { registerRaiPolicies } from "./rai-policies";
import { registerResourceGroups } from "./resource-groups";
import { registerRoleAssignments } from "./role-assignments";
import { registerRoleDefinitions } from "./role-definitions";
import { routes } from "./route";
import { registerSubscriptions } from "./subscriptions";
import { registerTagsAtScope } from "./tags-at-scope";
import { registerTemplateDeployments } from "./templates/template-deployments";
import { registerUsages } from "./usages";

/** Azure Resource Manager, as far as a fine-tuned Azure OpenAI model needs it. */
export function registerArm(app: FastifyInstance, world: World): void {
  const route = routes(app, world);
  registerSubscriptions(route, world);
  registerResourceGroups(route, world);
  registerAccounts(route, world);
  registerAccountKeys(route, world);
  registerAccountLists(route, world);
  registerAvailability(route, world);
  registerDeletedAccounts(route, world);
  registerDeployments(route, world);
  registerModels(route, world);
  registerModelCapacities(route, world);
  registerRaiPolicies(route, world);
  registerTagsAtScope(route, world);
  registerUsages(route, world);
  registerOperations(route, world);
  registerRoleAssignments(route, world);
  registerRoleDefinitions(route, world);
  registerPermissions(route, world);
  registerTemplateDeployments(app, route, world);
}
