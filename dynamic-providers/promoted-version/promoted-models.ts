import type { Deployment } from "@azure/arm-cognitiveservices";
import { parseAccountId, sameAccount } from "../../azure-openai/account-reference";
import type { AccountControl } from "../../azure-openai/account-control";
import { AzureFailure } from "../../azure-openai/failure";
import { hasOpenAi } from "../../catalog";
import type { Context } from "../runtime/context";
import { OWNER_TAG } from "../shared-deployment/ownership";

/** Azure's code where a subscription is not registered for a resource provider. */
const NOT_REGISTERED = "MissingSubscriptionRegistration";

/** A deployment in another account than the one that made its model. */
export interface PromotedDeployment {
  accountId: string;
  name: string;
  /** Model, or one of its checkpoints. */
  model: string;
  /** `project/stack` that made it, where its tag says so: a stack whose account is its own sets none. */
  stack?: string;
}

/** Id of the job that made a model, or the model that a checkpoint is one of, by its name; undefined for other models. */
export function jobOf(model: string): string | undefined {
  const hex = /\.ft-([0-9a-f]{32})/.exec(model)?.[1];
  return hex === undefined ? undefined : `ftjob-${hex}`;
}

/** Whether a job made a model, or the model that a checkpoint is one of. */
export function isModelOf(model: string, jobId: string): boolean {
  return model.includes(`.ft-${jobId.replace(/^ftjob-/, "")}`);
}

/**
 * Which of an account's models other accounts serve. The deployments themselves are the mark: each names the account that its model is of, so
 * nothing has to be written on that side, and nothing can be forgotten there. Of accounts that the signed-in identity may not read nothing is known.
 */
export class PromotedModels {
  private found: Promise<PromotedDeployment[]> | undefined;

  /** @param accountId - of the account that made the models */
  constructor(
    private readonly context: Pick<Context, "azure">,
    private readonly accountId: string,
  ) {}

  /** Asked once. @throws AzureFailure */
  all(): Promise<PromotedDeployment[]> {
    return (this.found ??= this.read());
  }

  /** Those of some jobs; nothing is asked where there are none. @throws AzureFailure */
  async deploymentsOf(jobIds: readonly string[]): Promise<PromotedDeployment[]> {
    if (jobIds.length === 0) return [];
    return (await this.all()).filter(({ model }) => jobIds.some((jobId) => isModelOf(model, jobId)));
  }

  private async read(): Promise<PromotedDeployment[]> {
    const azure = await this.context.azure();
    const home = parseAccountId(this.accountId).subscriptionId;
    const visible = await hidden([home], () => azure.accounts(home).subscriptions());
    const others = visible.filter((one) => one.toLowerCase() !== home.toLowerCase());
    const found: PromotedDeployment[] = [];
    for (const subscription of [home, ...others])
      found.push(...(await this.inSubscription(azure.accounts(subscription))));
    return found;
  }

  private async inSubscription(accounts: AccountControl): Promise<PromotedDeployment[]> {
    const listed = await hidden([], () => accounts.list());
    const found: PromotedDeployment[] = [];
    for (const { id = "", kind = "" } of listed) {
      if (!hasOpenAi(kind) || sameAccount(id, this.accountId)) continue;
      const { resourceGroupName, accountName } = parseAccountId(id);
      const deployments = await hidden([], () => accounts.deployments(resourceGroupName, accountName));
      for (const { name = "", properties, tags } of deployments) {
        if (!this.isFromHere(properties)) continue;
        found.push({ accountId: id, name, model: properties?.model?.name ?? "", stack: tags?.[OWNER_TAG] });
      }
    }
    return found;
  }

  private isFromHere(properties: Deployment["properties"]): boolean {
    // The client's types know `source`; what Resource Manager calls it for accounts of two tenants, they don't all.
    const { source, sourceAccount } = (properties?.model ?? {}) as { source?: string; sourceAccount?: string };
    return [source, sourceAccount].some(
      (from) => from !== undefined && from !== "" && sameAccount(from, this.accountId),
    );
  }
}

/**
 * What may not be read, or has just gone, says nothing; nor has a subscription accounts in which the resource provider was never registered [guess: that
 * a list there is refused so, as writes are]. Any other failure is one: nobody knows then.
 */
async function hidden<T>(nothing: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AzureFailure && (error.forbidden || error.notFound || error.code === NOT_REGISTERED))
      return nothing;
    throw error;
  }
}
