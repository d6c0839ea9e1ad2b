import type { Account, CognitiveServicesManagementClient, Deployment } from "@azure/arm-cognitiveservices";
import { normalizeLocation } from "./account-reference";
import type { Calls } from "./calls";
import type { Clock } from "./clock";

/** A soft-deleted account, as far as the purge needs it. */
export interface DeletedAccount {
  /** When it was deleted, ISO 8601; absent when the service doesn't say. */
  deletionDate?: string;
  /** When the service itself purges it and the name comes free, ISO 8601. */
  scheduledPurgeDate?: string;
}

/** A quota of a region, and what is in use of it. */
export interface QuotaUsage {
  /** e.g. `OpenAI.Standard.gpt-4o-mini`. */
  name: string;
  /** In the quota's own unit: thousands of tokens per minute for deployments by use. */
  inUse: number;
  limit: number;
}

/** Resource Manager operations on Azure OpenAI accounts that azure-native has no resource for. All throw AzureFailure. */
export class AccountControl {
  constructor(
    private readonly client: CognitiveServicesManagementClient,
    private readonly calls: Calls,
    private readonly clock: Clock,
  ) {}

  get(resourceGroup: string, account: string): Promise<Account> {
    return this.calls.run(`Looking up the account ${account}`, () => this.client.accounts.get(resourceGroup, account));
  }

  async keys(resourceGroup: string, account: string): Promise<{ key1: string; key2: string }> {
    const keys = await this.calls.run(`Listing the keys of ${account}`, () =>
      this.client.accounts.listKeys(resourceGroup, account),
    );
    return { key1: keys.key1 ?? "", key2: keys.key2 ?? "" };
  }

  /** Repeating it is harmless: the key is new either way. */
  async regenerateKey(resourceGroup: string, account: string, keyName: "Key1" | "Key2"): Promise<void> {
    await this.calls.run(`Regenerating ${keyName} of ${account}`, () =>
      this.client.accounts.regenerateKey(resourceGroup, account, keyName),
    );
  }

  /** Deployments of an account, without those that are just being deleted. */
  deployments(resourceGroup: string, account: string): Promise<Deployment[]> {
    return this.calls.run(`Listing the deployments of ${account}`, async () => {
      const found: Deployment[] = [];
      for await (const deployment of this.client.deployments.list(resourceGroup, account)) {
        if (deployment.properties?.provisioningState !== "Deleting") found.push(deployment);
      }
      return found;
    });
  }

  /** The subscription's quotas in a region. */
  usages(location: string): Promise<QuotaUsage[]> {
    return this.calls.run(`Reading the quotas of ${location}`, async () => {
      const found: QuotaUsage[] = [];
      for await (const { name, currentValue, limit } of this.client.usages.list(normalizeLocation(location))) {
        found.push({ name: name?.value ?? "", inUse: currentValue ?? 0, limit: limit ?? 0 });
      }
      return found;
    });
  }

  async deleted(location: string, resourceGroup: string, account: string): Promise<DeletedAccount> {
    const found = await this.calls.run(`Looking for a soft-deleted account ${account}`, () =>
      this.client.deletedAccounts.get(location, resourceGroup, account),
    );
    const { deletionDate, scheduledPurgeDate } = found.properties ?? {};
    return { deletionDate, scheduledPurgeDate };
  }

  /** Starts the purge; it goes on by itself, and `deleted` answers 404 when it has ended. */
  async startPurge(location: string, resourceGroup: string, account: string): Promise<void> {
    await this.calls.run(`Purging the account ${account}`, () =>
      this.client.deletedAccounts.beginPurge(location, resourceGroup, account, { updateIntervalInMs: 1_000 }),
    );
  }
}
