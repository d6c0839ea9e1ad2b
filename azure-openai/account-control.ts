import type { Account, CognitiveServicesManagementClient, Deployment } from "@azure/arm-cognitiveservices";
import { normalizeLocation } from "./account-reference";
import {
  accountShape,
  accountsShape,
  ArmRequests,
  deletedAccountShape,
  deploymentShape,
  deploymentsShape,
  keysShape,
  modelsShape,
  projectsShape,
  usagesShape,
} from "./arm-requests";
import type { Calls } from "./calls";
import { withDeadline } from "./deadline";
import { AzureFailure } from "./failure";
import { type Granted, permissionsOf } from "./permissions";
import { type RegionModel, regionModel } from "./region-model";
import { ANSWER_MS } from "./requests";
import type { ServiceTime } from "./service-time";
import { subscriptionsOf } from "./subscriptions";

/** A soft-deleted account, as far as the purge needs it. */
export interface DeletedAccount {
  /** When it was deleted, ISO 8601; absent when the service doesn't say. */
  deletionDate?: string;
  /** When the service itself purges it and the name becomes free, ISO 8601. */
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

/** A change that Resource Manager has accepted and works on. */
export interface StartedOperation {
  isDone(): boolean;
  /** Asks how far it is. @throws AzureFailure, also when the operation has failed */
  look(): Promise<void>;
}

/** What Resource Manager's client makes of an operation. */
interface Poller {
  poll(): Promise<unknown>;
  isDone(): boolean;
  getOperationState(): { status?: string; error?: Error };
}

/** An operation that has ended badly, in Azure's words; undefined for one that hasn't. Its status comes with 200, and asking again gives the same. */
function operationFailure(poller: Poller, doing: string): AzureFailure | undefined {
  const { status, error } = poller.getOperationState();
  if (status !== "failed" && status !== "canceled") return undefined;
  // Code and message of Azure, with words of the client in front: `The long-running operation has failed. Code. Message`.
  const detail = error?.message.replace(/^The long-running operation has failed(\. )?/, "") || status;
  return new AzureFailure(`${doing} failed: ${detail}`, { status: 200, detail, permanent: true });
}

/** Resource Manager operations on Azure OpenAI accounts that azure-native has no resource for. All throw AzureFailure. */
export class AccountControl {
  private readonly requests: ArmRequests;

  /** @param time - learns from every answer what time it is for Resource Manager */
  constructor(
    private readonly client: CognitiveServicesManagementClient,
    private readonly calls: Calls,
    readonly time: ServiceTime,
  ) {
    this.requests = new ArmRequests(time);
  }

  get(resourceGroup: string, account: string): Promise<Account> {
    return this.calls.run(`Looking up the account ${account}`, () =>
      this.requests.one(accountShape(account), `the account ${account}`, (options) =>
        this.client.accounts.get(resourceGroup, account, options),
      ),
    );
  }

  /** Every account of the subscription that the signed-in identity may see, of any kind. */
  list(): Promise<Account[]> {
    return this.calls.run("Listing the accounts", () =>
      this.requests.all(
        accountsShape,
        "a list of accounts",
        (options) => this.client.accounts.list(options),
        ({ id }) => id,
      ),
    );
  }

  /** Ids of the subscriptions that the signed-in identity may see. */
  subscriptions(): Promise<string[]> {
    return this.calls.run("Listing the subscriptions", () =>
      withDeadline(ANSWER_MS, (abortSignal) => subscriptionsOf(this.client, this.calls.target, abortSignal)),
    );
  }

  async keys(resourceGroup: string, account: string): Promise<{ key1: string; key2: string }> {
    const { key1, key2 } = await this.calls.run(`Listing the keys of ${account}`, () =>
      this.requests.one(keysShape, "two keys", (options) =>
        this.client.accounts.listKeys(resourceGroup, account, options),
      ),
    );
    return { key1: key1!, key2: key2! };
  }

  /** Repeating it is harmless: the key is new either way. */
  async regenerateKey(resourceGroup: string, account: string, keyName: "Key1" | "Key2"): Promise<void> {
    await this.calls.run(`Regenerating ${keyName} of ${account}`, () =>
      this.requests.one(keysShape, "two keys", (options) =>
        this.client.accounts.regenerateKey(resourceGroup, account, keyName, options),
      ),
    );
  }

  /** Deployments of an account, without those that are just being deleted. */
  deployments(resourceGroup: string, account: string): Promise<Deployment[]> {
    return this.calls.run(`Listing the deployments of ${account}`, async () => {
      const found = await this.requests.all(
        deploymentsShape,
        "a list of deployments",
        (options) => this.client.deployments.list(resourceGroup, account, options),
        ({ name }) => name,
      );
      return found.filter(({ properties }) => properties?.provisioningState !== "Deleting");
    });
  }

  deployment(resourceGroup: string, account: string, name: string): Promise<Deployment> {
    return this.calls.run(`Looking up the deployment ${name}`, () =>
      this.requests.one(deploymentShape(name), `the deployment ${name}`, (options) =>
        this.client.deployments.get(resourceGroup, account, name, options),
      ),
    );
  }

  /** Names of the projects of a Foundry account. */
  projects(resourceGroup: string, account: string): Promise<string[]> {
    return this.calls.run(`Listing the projects of ${account}`, async () => {
      const found = await this.requests.all(
        projectsShape,
        "a list of projects",
        (options) => this.client.projects.list(resourceGroup, account, options),
        ({ name }) => name,
      );
      // Resource Manager's name of a project begins with its account's (recorded).
      return found.map(({ name = "" }) => name.slice(name.lastIndexOf("/") + 1));
    });
  }

  /** Starts to create or to change a deployment; repeating it is harmless. */
  putDeployment(
    resourceGroup: string,
    account: string,
    name: string,
    deployment: Deployment,
  ): Promise<StartedOperation> {
    return this.started(`Deploying ${name}`, (abortSignal) =>
      this.client.deployments.beginCreateOrUpdate(resourceGroup, account, name, deployment, { abortSignal }),
    );
  }

  /** Starts to delete a deployment; one that is not there is deleted already. */
  deleteDeployment(resourceGroup: string, account: string, name: string): Promise<StartedOperation> {
    return this.started(`Deleting the deployment ${name}`, (abortSignal) =>
      this.client.deployments.beginDelete(resourceGroup, account, name, { abortSignal }),
    );
  }

  /** What roles allow the signed-in identity on an account. */
  permissions(accountId: string): Promise<Granted[]> {
    return this.calls.run("Reading the permissions of the signed-in identity", () =>
      withDeadline(ANSWER_MS, (abortSignal) =>
        permissionsOf(this.client, `${this.calls.target}${accountId}`, abortSignal),
      ),
    );
  }

  private async started(
    doing: string,
    begin: (abortSignal: AbortSignal) => Promise<Poller>,
  ): Promise<StartedOperation> {
    const poller = await this.calls.run(doing, () => withDeadline(ANSWER_MS, begin));
    const look = () =>
      poller.poll().catch((error: unknown) => {
        throw operationFailure(poller, doing) ?? error;
      });
    return { isDone: () => poller.isDone(), look: async () => void (await this.calls.run(doing, look)) };
  }

  /** The subscription's quotas in a region, as far as they have a limit. */
  usages(location: string): Promise<QuotaUsage[]> {
    return this.calls.run(`Reading the quotas of ${location}`, async () => {
      const found = await this.requests.all(
        usagesShape,
        "a list of quotas",
        (options) => this.client.usages.list(normalizeLocation(location), options),
        ({ name }) => name?.value,
      );
      const quotas = found.map(({ name, currentValue, limit }) => ({
        name: name!.value!,
        inUse: currentValue!,
        limit: limit!,
      }));
      // Resource Manager writes "no limit" as -1 elsewhere (compute, network); taken for a limit, it would leave room for nothing.
      return quotas.filter(({ limit }) => limit >= 0);
    });
  }

  /** The models that a region offers to the subscription: over half a megabyte on Azure. */
  models(location: string): Promise<RegionModel[]> {
    return this.calls.run(`Reading the list of models for ${location}`, async () => {
      const found = await this.requests.all(
        modelsShape,
        "a list of models",
        (options) => this.client.models.list(normalizeLocation(location), options),
        (entry) => JSON.stringify(entry),
      );
      return found.map(regionModel);
    });
  }

  async deleted(location: string, resourceGroup: string, account: string): Promise<DeletedAccount> {
    const found = await this.calls.run(`Looking for a soft-deleted account ${account}`, () =>
      this.requests.one(deletedAccountShape(account), `the soft-deleted account ${account}`, (options) =>
        this.client.deletedAccounts.get(location, resourceGroup, account, options),
      ),
    );
    const { deletionDate, scheduledPurgeDate } = found.properties ?? {};
    return { deletionDate, scheduledPurgeDate };
  }

  /** Starts the purge, which continues in the service; `deleted` finds no account when it has ended. */
  async startPurge(location: string, resourceGroup: string, account: string): Promise<void> {
    await this.calls.run(`Purging the account ${account}`, () =>
      withDeadline(ANSWER_MS, (abortSignal) =>
        this.client.deletedAccounts.beginPurge(location, resourceGroup, account, {
          abortSignal,
          updateIntervalInMs: 1_000,
        }),
      ),
    );
  }
}
