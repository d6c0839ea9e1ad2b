/** What an ARM ID of an Azure OpenAI account says. */
export interface AccountReference {
  subscriptionId: string;
  resourceGroupName: string;
  accountName: string;
}

const ACCOUNT_ID =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.CognitiveServices\/accounts\/([^/]+)\/?$/i;

/** @throws Error when `accountId` is not the ARM ID of a Cognitive Services account */
export function parseAccountId(accountId: string): AccountReference {
  const match = ACCOUNT_ID.exec(accountId);
  if (!match) {
    throw new Error(
      `accountId "${accountId}" is not an ARM ID of an Azure OpenAI account (/subscriptions/.../resourceGroups/.../providers/Microsoft.CognitiveServices/accounts/...).`,
    );
  }
  const [, subscriptionId, resourceGroupName, accountName] = match as unknown as [string, string, string, string];
  return { subscriptionId, resourceGroupName, accountName };
}

const DEPLOYMENT_ID = /^(.+)\/deployments\/([^/]+)\/?$/i;

/** Account and name in the ARM ID of a deployment; undefined where the text is none. */
export function parseDeploymentId(id: string): { accountId: string; deploymentName: string } | undefined {
  const [, accountId, deploymentName] = DEPLOYMENT_ID.exec(id) ?? [];
  return accountId && deploymentName && ACCOUNT_ID.test(accountId) ? { accountId, deploymentName } : undefined;
}

/** The ARM ID that the names give. */
export function accountId({ subscriptionId, resourceGroupName, accountName }: AccountReference): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.CognitiveServices/accounts/${accountName}`;
}

/** Resource Manager ids are compared without regard to case. */
export function sameAccount(a: string, b: string): boolean {
  return a.replace(/\/+$/, "").toLowerCase() === b.replace(/\/+$/, "").toLowerCase();
}

/** `North Central US` and `northcentralus` are one region. */
export function sameLocation(a: string, b: string): boolean {
  return normalizeLocation(a) === normalizeLocation(b);
}

export function normalizeLocation(location: string): string {
  return location.replace(/\s+/g, "").toLowerCase();
}
