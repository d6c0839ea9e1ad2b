import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import { ACCOUNT_TYPE, etag, isoTime, systemData } from "./resources";

/** An account as Resource Manager shows it; fields and limits as recorded from Azure. */
export function accountView(
  world: Pick<World, "clock" | "origin">,
  account: AccountRecord,
  provisioningState = stateOf(world, account),
) {
  const { restore: _restore, ...sent } = account.properties;
  return {
    id: account.id,
    name: account.name,
    type: ACCOUNT_TYPE,
    etag: etag(account),
    kind: account.kind,
    location: shownLocation(account),
    sku: account.sku,
    ...(account.tags && { tags: account.tags }),
    ...(account.identity && { identity: account.identity }),
    systemData: systemData(account),
    properties: {
      publicNetworkAccess: "Enabled",
      privateEndpointConnections: [],
      ...sent,
      ...addresses(world, account),
      internalId: account.id.toLowerCase().split("/").slice(-1)[0],
      dateCreated: isoTime(account.createdAt),
      callRateLimit: { rules: [{ key: "openai", count: 30, renewalPeriod: 1, matchPatterns: [openAiPattern] }] },
      capabilities,
      isMigrated: false,
      provisioningState,
    },
  };
}

/**
 * A Foundry account gives the address of its other services as `endpoint` (recorded: `https://x.cognitiveservices.azure.com/`), where its deployments
 * alone are served here; its OpenAI data plane is among `endpoints`. What it adds beside them is recorded too.
 */
function addresses(world: Pick<World, "origin">, account: AccountRecord) {
  const openAi = accountEndpoint(world, account);
  const endpoints = { "OpenAI Language Model Instance API": openAi };
  if (account.kind !== FOUNDRY) return { endpoint: openAi, endpoints };
  const other = openAi.replace("/accounts/", "/cognitiveservices/");
  const projects = account.projects?.map(({ name }) => name) ?? [];
  return {
    endpoint: other,
    endpoints: { ...endpoints, "AI Foundry API": openAi, "Content Safety": other },
    apiProperties: {},
    ...(projects.length > 0 && { defaultProject: projects[0], associatedProjects: projects }),
    networkAcls: account.properties.networkAcls ?? { defaultAction: "Allow", virtualNetworkRules: [], ipRules: [] },
  };
}

/** In the case in which it was sent (recorded). */
export function shownLocation({ location, locationAsSent }: AccountRecord): string {
  return locationAsSent ?? location;
}

/** Kind of a Foundry account. */
export const FOUNDRY = "AIServices";

/** `Creating` until the account is ready. */
export function stateOf(world: Pick<World, "clock">, account: AccountRecord): "Creating" | "Succeeded" {
  return world.clock.now() >= account.readyAt ? "Succeeded" : "Creating";
}

/**
 * Where the account's data plane answers. Azure gives every account with a subdomain a host of its own; on one machine
 * it is a path instead. Without a subdomain it is the address that accounts share, where the key decides which one is meant.
 */
export function accountEndpoint(world: Pick<World, "origin">, account: AccountRecord): string {
  const subdomain = account.properties.customSubDomainName;
  return subdomain ? `${world.origin}/accounts/${subdomain}/` : `${world.origin}/`;
}

const openAiPattern = { path: "openai/*", method: "*" };

/** Limits that Azure reports for an account of kind OpenAI. */
const capabilities = [
  { name: "VirtualNetworks" },
  { name: "CustomerManagedKey" },
  { name: "MaxFineTuneCount", value: "500" },
  { name: "MaxRunningFineTuneCount", value: "3" },
  { name: "MaxRunningGlobalStandardFineTuneCount", value: "3" },
  { name: "MaxUserFileCount", value: "100" },
  { name: "MaxTrainingFileSize", value: "512000000" },
  { name: "MaxUserFileImportDurationInHours", value: "1" },
  { name: "MaxFineTuneJobDurationInHours", value: "720" },
  { name: "TrustedServices", value: "Microsoft.CognitiveServices,Microsoft.MachineLearningServices,Microsoft.Search" },
];
