import { boolean, integer, list, map, number, object, text } from "../shape";
import { systemData } from "./common";
import { callRateLimit } from "./rate-limits";

const linkedResource = object({ identityClientId: text(), resourceId: text() });

const settable = {
  allowProjectManagement: boolean(),
  allowedFqdnList: list(text()),
  amlWorkspace: linkedResource,
  apiProperties: object({
    aadClientId: text(),
    aadTenantId: text(),
    eventHubConnectionString: text(),
    qnaAzureSearchEndpointId: text(),
    qnaAzureSearchEndpointKey: text(),
    qnaRuntimeEndpoint: text(),
    statisticsEnabled: boolean(),
    storageAccountConnectionString: text(),
    superUser: text(),
    websiteName: text(),
  }),
  associatedProjects: list(text()),
  customSubDomainName: text(),
  defaultProject: text(),
  disableLocalAuth: boolean(),
  dynamicThrottlingEnabled: boolean(),
  encryption: object({
    keySource: text(),
    keyVaultProperties: object({ identityClientId: text(), keyName: text(), keyVaultUri: text(), keyVersion: text() }),
  }),
  locations: object({
    regions: list(object({ customsubdomain: text(), name: text(), value: number() })),
    routingMethod: text(),
  }),
  migrationToken: text(),
  networkAcls: object({
    bypass: text(),
    defaultAction: text(),
    ipRules: list(object({ value: text({ required: true }) })),
    virtualNetworkRules: list(
      object({ id: text({ required: true }), ignoreMissingVnetServiceEndpoint: boolean(), state: text() }),
    ),
  }),
  networkInjections: list(object({ scenario: text(), subnetArmId: text(), useMicrosoftManagedNetwork: boolean() })),
  publicNetworkAccess: text(),
  raiMonitorConfig: object({ adxStorageResourceId: text(), identityClientId: text() }),
  restore: boolean({ writeOnly: true }),
  restrictOutboundNetworkAccess: boolean(),
  userOwnedStorage: list(linkedResource),
};

const answered = { readOnly: true };
const reported = {
  abusePenalty: object({ action: text(), expiration: text(), rateLimitPercentage: number() }, answered),
  callRateLimit,
  capabilities: list(object({ name: text(), value: text() }), answered),
  commitmentPlanAssociations: list(object({ commitmentPlanId: text(), commitmentPlanLocation: text() }), answered),
  dateCreated: text(answered),
  deletionDate: text(answered),
  endpoint: text(answered),
  endpoints: map(text(), answered),
  internalId: text(answered),
  isMigrated: boolean(answered),
  privateEndpointConnections: list(
    object({
      etag: text(),
      id: text(),
      location: text(),
      name: text(),
      properties: object({
        groupIds: list(text()),
        privateEndpoint: object({ id: text() }),
        privateLinkServiceConnectionState: object({ actionsRequired: text(), description: text(), status: text() }),
        provisioningState: text(),
      }),
      systemData,
      type: text(),
    }),
    answered,
  ),
  provisioningState: text(answered),
  quotaLimit: callRateLimit,
  scheduledPurgeDate: text(answered),
  skuChangeInfo: object(
    { countOfDowngrades: integer(), countOfUpgradesAfterDowngrades: integer(), lastChangeDate: text() },
    answered,
  ),
};

/** `AccountProperties` of `@pulumi/azure-native/cognitiveservices` 3.28 (API 2025-06-01). */
export const accountProperties = object({ ...settable, ...reported });
