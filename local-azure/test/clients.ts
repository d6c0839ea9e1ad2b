import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { ResourceManagementClient } from "@azure/arm-resources";
import { ClientSecretCredential } from "@azure/identity";
import type { TestService } from "../src/testing";
import type { ClientRecord } from "../src/world/state";

/** The real Azure clients, pointed at a rehearsal service and trusting its authority. */
export function credentialOf(service: TestService, client: ClientRecord = service.deployer): ClientSecretCredential {
  return new ClientSecretCredential(service.tenantId, client.clientId, client.clientSecret, {
    authorityHost: service.origin,
    disableInstanceDiscovery: true,
    ...trust(service),
  });
}

/** Options by which an Azure client trusts the service's certificate authority; retries off, so that tests see the first answer. */
export function trust(service: TestService) {
  return { tlsOptions: { ca: service.caPem }, retryOptions: { maxRetries: 0 } };
}

function options(service: TestService) {
  return { endpoint: service.origin, credentialScopes: `${service.origin}/.default`, ...trust(service) };
}

export function cognitiveServices(service: TestService, client?: ClientRecord): CognitiveServicesManagementClient {
  return new CognitiveServicesManagementClient(credentialOf(service, client), service.subscriptionId, options(service));
}

export function resources(service: TestService, client?: ClientRecord): ResourceManagementClient {
  return new ResourceManagementClient(credentialOf(service, client), service.subscriptionId, options(service));
}

export function authorization(service: TestService, client?: ClientRecord): AuthorizationManagementClient {
  return new AuthorizationManagementClient(credentialOf(service, client), service.subscriptionId, options(service));
}
