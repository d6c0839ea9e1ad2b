import type { World } from "../world/world";
import { ACCOUNT_TYPE, requireAccount } from "./resources";
import type { Route } from "./route";
import { atEveryScope, scopeOf } from "./scopes";

const ONE = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account`;
/** Recorded of a Foundry account: all three, in this order. That kind OpenAI has only its own: guess. */
const ZONES = ["privatelink.openai.azure.com"];
const FOUNDRY_ZONES = ["privatelink.cognitiveservices.azure.com", ...ZONES, "privatelink.services.ai.azure.com"];

/** Lists around an account that clients ask for, empty because nothing of the kind can be made here. */
export function registerAccountLists(route: Route, world: World): void {
  const empty = (path: string, action: string) =>
    route("GET", `${ONE}/${path}`, action, ({ param }) => {
      requireAccount(world, param("group"), param("account"));
      return { value: [] };
    });
  empty("privateEndpointConnections", `${ACCOUNT_TYPE}/privateEndpointConnections/read`);
  empty("commitmentPlans", `${ACCOUNT_TYPE}/commitmentPlans/read`);
  empty("providers/Microsoft.Insights/diagnosticSettings", "Microsoft.Insights/diagnosticSettings/read");
  atEveryScope(route, "GET", "/denyAssignments", "Microsoft.Authorization/denyAssignments/read", (call) => {
    scopeOf(world, call);
    return { value: [] };
  });
  route("GET", `${ONE}/privateLinkResources`, `${ACCOUNT_TYPE}/privateLinkResources/read`, ({ param }) => {
    const { id, kind } = requireAccount(world, param("group"), param("account"));
    const properties = {
      groupId: "account",
      requiredMembers: ["default"],
      requiredZoneNames: kind === "OpenAI" ? ZONES : FOUNDRY_ZONES,
    };
    const type = `${ACCOUNT_TYPE}/privateLinkResources`;
    return { value: [{ id: `${id}/privateLinkResources/account`, name: "account", type, properties }] };
  });
}
