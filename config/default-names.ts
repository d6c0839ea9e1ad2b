import { createHash } from "node:crypto";

/** What makes the default account name unique, and keeps it the same from run to run. */
export interface AccountIdentity {
  subscriptionId: string;
  resourceGroupName: string;
  location: string;
  project: string;
  stack: string;
}

/**
 * Default name of the account: `AzureOpenAI-Finetune` and 8 hex of a hash, so that two stacks, groups or subscriptions never claim
 * the same subdomain, which is unique in the whole cloud.
 */
export function defaultAccountName(identity: AccountIdentity): string {
  const { subscriptionId, resourceGroupName, location, project, stack } = identity;
  // Azure compares subscription ids, group names and regions without case; Pulumi's names keep it.
  const parts = [subscriptionId.toLowerCase(), resourceGroupName.toLowerCase(), project, stack, location.toLowerCase()];
  return `AzureOpenAI-Finetune${createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 8)}`;
}

/** Subdomain of an account: its name in lower case, with what a host name can't hold made a dash. */
export function subdomainOf(accountName: string): string {
  return accountName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/-+$/, "");
}

/** Default name of the deployment: the base model's and `-ft`, as the portal suggests. */
export function defaultDeploymentName(model: string): string {
  return `${model.split(".ft-")[0]}-ft`;
}
