import type { Deployment } from "@azure/arm-cognitiveservices";
import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import { messageOf } from "../../azure-openai/message-of";
import { saysAccountIsGone } from "../runtime/data-plane";
import { DeploymentWriter, type WritingProcess } from "../runtime/deployment-writer";
import type { Say } from "../runtime/say";
import { isUnknown } from "../runtime/unknown";
import { asDeployed, type TemporaryModel } from "./temporary-model";
import { type EvaluationOwner, isTemporaryOf } from "./temporary-name";

/** Temporary deployments of one evaluation on one account. */
export class TemporaryDeployments {
  constructor(
    private readonly process: WritingProcess,
    private readonly accountId: string,
    private readonly owner: EvaluationOwner,
    private readonly say: Say,
  ) {}

  /**
   * Makes a deployment, or takes the one that an interrupted run has made, and waits until Resource Manager has it ready.
   *
   * @throws AzureFailure; Error when it failed or takes too long
   */
  async make(name: string, wanted: TemporaryModel): Promise<void> {
    const writer = await this.writer(name);
    const there = await writer.find();
    const same = there && isSame(there, wanted);
    if (same && there.properties?.provisioningState === "Succeeded") return;
    // One that is still being made is asked for again, which is the same one when it is this write's turn.
    if (there && (!same || hasFailed(there))) await writer.delete();
    try {
      await writer.put(asDeployed(wanted));
    } catch (error) {
      const left = await writer.find().catch(() => undefined);
      if (!left || !hasFailed(left)) throw error;
      throw new Error(
        `The temporary deployment ${name} ended in state ${left.properties?.provisioningState}: ${messageOf(error)} Run \`pulumi up\` again to try another one.`,
        { cause: error },
      );
    }
  }

  /** Removes one; that it is gone already is no error. @throws AzureFailure, Error */
  async remove(name: string): Promise<void> {
    await (await this.writer(name)).delete();
  }

  /** Removes all of this evaluation, also those that an interrupted run has left. @param but - name of one that stays */
  async sweep(but?: string): Promise<void> {
    for (const name of await this.left()) {
      if (name === but) continue;
      await this.remove(name);
      this.say(`removed the temporary deployment ${name}`);
    }
  }

  /** Names of those that are there. None where the account is yet to be made, as while it is replaced, is gone, or may not be read. */
  async left(): Promise<string[]> {
    if (isUnknown(this.accountId)) return [];
    const { subscriptionId, resourceGroupName, accountName } = parseAccountId(this.accountId);
    try {
      const accounts = (await this.process.azure()).accounts(subscriptionId);
      const names = (await accounts.deployments(resourceGroupName, accountName)).flatMap(({ name }) => name ?? []);
      return names.filter((name) => isTemporaryOf(this.owner, name));
    } catch (error) {
      if (saysAccountIsGone(error) || (error instanceof AzureFailure && error.forbidden)) return [];
      throw error;
    }
  }

  private writer(deploymentName: string): Promise<DeploymentWriter> {
    return DeploymentWriter.open(this.process, { accountId: this.accountId, deploymentName }, this.say);
  }
}

/** Of the same model: what an interrupted run has made need not be made again. */
function isSame({ properties, sku }: Deployment, wanted: TemporaryModel): boolean {
  return properties?.model?.name === wanted.model.name && sku?.name === wanted.sku.name;
}

function hasFailed({ properties }: Deployment): boolean {
  return properties?.provisioningState === "Failed" || properties?.provisioningState === "Canceled";
}
