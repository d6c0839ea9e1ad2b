import { AzureError } from "../http/azure-error";
import type { World } from "../world/world";
import { mayDo } from "../rbac/permissions";
import { apiVersions } from "./api-versions";
import { sameName } from "./resources";
import { regions } from "./regions";
import type { Route } from "./route";

/** Resource providers that clients ask for; both are registered from the start. */
const PROVIDERS: Record<string, string[]> = {
  "Microsoft.CognitiveServices": ["accounts", "accounts/deployments", "accounts/projects", "deletedAccounts"],
  "Microsoft.Authorization": ["roleAssignments", "roleDefinitions", "locks"],
  "Microsoft.Resources": ["subscriptions", "resourceGroups", "deployments", "tags"],
};

/** Tenants, subscriptions, regions and resource providers. */
export function registerSubscriptions(route: Route, world: World): void {
  const { state } = world;
  const tenant = {
    id: `/tenants/${state.tenantId}`,
    tenantId: state.tenantId,
    displayName: "Local Azure",
    tenantCategory: "Home",
    countryCode: "US",
    domains: [],
  };
  const id = `/subscriptions/${state.subscriptionId}`;
  const subscription = {
    id,
    subscriptionId: state.subscriptionId,
    tenantId: state.tenantId,
    displayName: "Local Azure",
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "PayAsYouGo_2014-09-01",
      spendingLimit: "Off",
    },
    authorizationSource: "RoleBased",
    managedByTenants: [],
  };

  route("GET", "/tenants", "", () => ({ value: [tenant] }));
  // Only subscriptions in which the caller has a role are listed.
  route("GET", "/subscriptions", "", ({ caller }) => {
    const seen = mayDo(world, caller.oid, { action: "Microsoft.Resources/subscriptions/read" }, id);
    return { value: seen ? [subscription] : [], count: { type: "Total", value: seen ? 1 : 0 } };
  });
  route("GET", "/subscriptions/:subscriptionId", "Microsoft.Resources/subscriptions/read", () => subscription);
  route("GET", "/subscriptions/:subscriptionId/locations", "Microsoft.Resources/subscriptions/locations/read", () => ({
    value: regions.map(({ name, displayName }) => ({
      id: `${id}/locations/${name}`,
      name,
      displayName,
      regionalDisplayName: displayName,
      metadata: { regionType: "Physical" },
    })),
  }));

  const providers = "/subscriptions/:subscriptionId/providers";
  route("GET", providers, "Microsoft.Resources/subscriptions/providers/read", () => ({
    value: Object.keys(PROVIDERS).map((namespace) => provider(world, namespace)),
  }));
  route("GET", `${providers}/:namespace`, "Microsoft.Resources/subscriptions/providers/read", ({ param }) =>
    provider(world, param("namespace")),
  );
  // `.../register` acts on the provider, so any role with this action at the subscription will do.
  route(
    "POST",
    `${providers}/:namespace/register`,
    "Microsoft.Resources/subscriptions/providers/register/action",
    ({ param }) => provider(world, param("namespace")),
  );
}

function provider(world: Pick<World, "state">, asked: string) {
  const namespace = Object.keys(PROVIDERS).find((known) => sameName(known, asked));
  if (namespace === undefined) {
    const sentence = `The resource namespace '${asked}' is invalid.`;
    throw new AzureError(404, "InvalidResourceNamespace", sentence);
  }
  const types = PROVIDERS[namespace] ?? [];
  return {
    id: `/subscriptions/${world.state.subscriptionId}/providers/${namespace}`,
    namespace,
    registrationState: "Registered",
    registrationPolicy: "RegistrationRequired",
    resourceTypes: types.map((resourceType) => ({
      resourceType,
      locations: regions.map(({ displayName }) => displayName),
      apiVersions: apiVersions(namespace, resourceType),
    })),
  };
}
