import type { Deployment } from "@azure/arm-cognitiveservices";
import type { AccountControl, StartedOperation } from "../../azure-openai/account-control";
import { parseAccountId } from "../../azure-openai/account-reference";
import { ticks } from "../../azure-openai/clock";
import { isNotFound } from "../../azure-openai/failure";
import { pollDelay, type PollPlan } from "../../azure-openai/poll-plan";
import { duration } from "../../format/duration";
import type { Context } from "../runtime/context";
import type { Say } from "../runtime/say";
import { inTurn } from "./in-turn";
import { OWNER_TAG } from "./ownership";
import type { SharedDeploymentInputs } from "./schema";

/** A tuned model's deployment takes minutes; the rehearsal's half a second. */
const LOOK: PollPlan = { first: 500, share: 0.1, cap: 10_000 };
/** azure-native's own limit for an operation. */
const DEADLINE_MS = 2 * 60 * 60_000;
const TOLD_MS = 20_000;

/** Resource Manager's requests about one deployment. */
export class DeploymentWriter {
  private constructor(
    private readonly context: Context,
    private readonly accounts: AccountControl,
    private readonly inputs: SharedDeploymentInputs,
    private readonly say: Say,
  ) {}

  static async open(context: Context, inputs: SharedDeploymentInputs, say: Say): Promise<DeploymentWriter> {
    const { subscriptionId } = parseAccountId(inputs.accountId);
    return new DeploymentWriter(context, (await context.azure()).accounts(subscriptionId), inputs, say);
  }

  /** The deployment as it is; undefined where there is none of the name. @throws AzureFailure */
  async find(): Promise<Deployment | undefined> {
    try {
      return await this.accounts.deployment(...this.address());
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Creates or changes it when it is its turn, and waits for the end. @throws AzureFailure, Error */
  async put(): Promise<Deployment> {
    const { sku, properties, owner } = this.inputs;
    const wanted: Deployment = { sku, properties, tags: { [OWNER_TAG]: owner } };
    await this.carryOut("deploying", () => this.accounts.putDeployment(...this.address(), wanted));
    return this.accounts.deployment(...this.address());
  }

  /** Deletes it when it is its turn; one that is gone is fine. @throws AzureFailure, Error */
  async delete(): Promise<void> {
    await this.carryOut("deleting", () => this.accounts.deleteDeployment(...this.address())).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }

  private async carryOut(doing: "deploying" | "deleting", start: () => Promise<StartedOperation>): Promise<void> {
    const { clock } = this.context;
    const operation = await inTurn(this.context, `${doing} ${this.inputs.deploymentName}`, this.say, start);
    const started = ticks(clock);
    let toldAt = -Infinity;
    while (!operation.isDone()) {
      await this.context.stopIfOrphaned();
      const elapsed = ticks(clock) - started;
      if (elapsed >= DEADLINE_MS) {
        const { deploymentName } = this.inputs;
        throw new Error(
          `${doing} ${deploymentName} has not ended after ${duration(elapsed)}: run the command again to keep waiting.`,
        );
      }
      if (elapsed - toldAt >= TOLD_MS) {
        toldAt = elapsed;
        this.say.status(`${doing} ${duration(elapsed)} · ${this.inputs.deploymentName}`);
      }
      await clock.sleep(pollDelay(LOOK, elapsed));
      await operation.look();
    }
  }

  private address(): [resourceGroup: string, account: string, deployment: string] {
    const { resourceGroupName, accountName } = parseAccountId(this.inputs.accountId);
    return [resourceGroupName, accountName, this.inputs.deploymentName];
  }
}
