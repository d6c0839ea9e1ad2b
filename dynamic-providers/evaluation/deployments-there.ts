import type { Deployment } from "@azure/arm-cognitiveservices";
import { sameName } from "../../format/same-name";
import { parseAccountId, parseDeploymentId } from "../../azure-openai/account-reference";
import type { Context } from "../runtime/context";
import { saysAccountIsGone } from "../runtime/data-plane";
import { isUnknown } from "../runtime/unknown";

/** A deployment that is there. */
export interface Place {
  accountId: string;
  deployment: Deployment;
}

/** The deployments that an evaluation may ask, each account listed once. */
export class DeploymentsThere {
  private readonly accounts = new Map<string, Promise<Deployment[]>>();

  /** @param accountId - of the stack; while it is made it holds none */
  constructor(
    private readonly context: Context,
    private readonly accountId: string,
  ) {}

  /** Those of the stack's account. @throws AzureFailure */
  own(): Promise<Deployment[]> {
    return this.of(this.accountId);
  }

  /** @param named - name in the stack's account, or ARM ID; undefined where there is none. @throws AzureFailure */
  async find(named: string): Promise<Place | undefined> {
    const { accountId, deploymentName } = parseDeploymentId(named) ?? {
      accountId: this.accountId,
      deploymentName: named,
    };
    const all = await this.of(accountId);
    const deployment = all.find(({ name }) => sameName(name, deploymentName));
    return deployment && { accountId, deployment };
  }

  private of(accountId: string): Promise<Deployment[]> {
    const isOwn = accountId === this.accountId;
    if (isOwn && (isUnknown(accountId) || this.context.plan.accounts.isMade(accountId))) return Promise.resolve([]);
    const key = accountId.toLowerCase();
    const known = this.accounts.get(key);
    if (known) return known;
    const listed = this.list(accountId);
    this.accounts.set(key, listed);
    return listed;
  }

  private async list(accountId: string): Promise<Deployment[]> {
    const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
    try {
      return await (await this.context.azure()).accounts(subscriptionId).deployments(resourceGroupName, accountName);
    } catch (error) {
      if (saysAccountIsGone(error)) return [];
      throw error;
    }
  }
}
