import OpenAI, { AzureOpenAI } from "openai";
import { Agent } from "undici";
import type { TestService } from "../../src/testing";
import type { AccountRecord } from "../../src/world/state";

/** The real openai clients, pointed at an account and trusting the service's authority; each sees the first answer. */
export function dated(service: TestService, account: AccountRecord, apiVersion = "2024-10-21"): AzureOpenAI {
  return new AzureOpenAI({
    endpoint: service.endpointOf(account),
    apiKey: account.keys[0],
    apiVersion,
    ...trust(service),
  });
}

export function v1(service: TestService, account: AccountRecord): OpenAI {
  return new OpenAI({ baseURL: `${service.endpointOf(account)}openai/v1`, apiKey: account.keys[0], ...trust(service) });
}

function trust(service: TestService) {
  return { maxRetries: 0, fetchOptions: { dispatcher: new Agent({ connect: { ca: service.caPem } }) } };
}
