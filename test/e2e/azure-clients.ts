import { readFileSync } from "node:fs";
import { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { ClientSecretCredential } from "@azure/identity";
import type { RehearsalInfo } from "local-azure/rehearsal/connect";
import { trustAuthority } from "../support/trust";

/** Accounts and deployments as somebody else would handle them, beside the stack under test. */
export function cognitiveServicesClient({
  endpoint,
  caFile,
  tenantId,
  clientId,
  clientSecret,
  subscriptionId,
}: RehearsalInfo) {
  trustAuthority(readFileSync(caFile, "utf8"));
  const options = { authorityHost: endpoint, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, options);
  return new CognitiveServicesManagementClient(credential, subscriptionId, {
    endpoint,
    credentialScopes: `${endpoint}/.default`,
  });
}
