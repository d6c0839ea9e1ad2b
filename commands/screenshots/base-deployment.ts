import { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { parseAccountId } from "../../azure-openai/account-reference";
import { systemClock } from "../../azure-openai/clock";
import { findCloud } from "../../azure-openai/cloud";
import { chooseCredential } from "../../azure-openai/credential";
import { readSettings } from "../../azure-openai/settings";
import type { StackFacts } from "../../report/stack-facts";

export const baseDeployment = "gpt-4o-mini-base";

/** Runs `use` while the account also has a deployment of a base model, to compare with the tuned one. */
export async function withBaseDeployment<T>({ accountId }: StackFacts, use: () => Promise<T>): Promise<T> {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  // Only the environment has the rehearsal's identity.
  const settings = readSettings({ get: () => undefined }, process.env);
  const cloud = await findCloud(settings, systemClock);
  const client = new CognitiveServicesManagementClient(chooseCredential(settings, cloud), subscriptionId, {
    endpoint: cloud.resourceManager,
    credentialScopes: cloud.resourceManagerScope,
  });
  const quick = { updateIntervalInMs: 200 };
  const deployment = {
    sku: { name: "Standard", capacity: 10 },
    properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
  };
  const { deployments } = client;
  await deployments.beginCreateOrUpdateAndWait(resourceGroupName, accountName, baseDeployment, deployment, quick);
  try {
    return await use();
  } finally {
    await deployments.beginDeleteAndWait(resourceGroupName, accountName, baseDeployment, quick);
  }
}
