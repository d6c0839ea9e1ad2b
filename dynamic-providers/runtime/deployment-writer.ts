import type { Deployment } from "@azure/arm-cognitiveservices";
import type { AccountControl, StartedOperation } from "../../azure-openai/account-control";
import { parseAccountId } from "../../azure-openai/account-reference";
import { ticks } from "../../azure-openai/clock";
import { isNotFound } from "../../azure-openai/failure";
import { pollDelay, type PollPlan } from "../../azure-openai/poll-plan";
import { duration } from "../../format/duration";
import type { Context } from "./context";
import { inTurn } from "./in-turn";
import type { Say } from "./say";

/** A tuned model's deployment takes minutes; the rehearsal's half a second. */
const LOOK: PollPlan = { first: 500, share: 0.1, cap: 10_000 };
/** azure-native's own limit for an operation. */
const DEADLINE_MS = 2 * 60 * 60_000;
const TOLD_MS = 20_000;

/** What a write needs of its process; a command that is no provider has it too. */
export type WritingProcess = Pick<Context, "clock" | "azure" | "stopIfOrphaned">;

/** Which deployment is written. */
export interface DeploymentAddress {
  accountId: string;
  deploymentName: string;
}

/** Resource Manager's requests about one deployment of an account whose deployments others may be writing too. */
export class DeploymentWriter {
  private constructor(
    private readonly process: WritingProcess,
    private readonly accounts: AccountControl,
    private readonly place: DeploymentAddress,
    private readonly say: Say,
  ) {}

  static async open(process: WritingProcess, place: DeploymentAddress, say: Say): Promise<DeploymentWriter> {
    const { subscriptionId } = parseAccountId(place.accountId);
    return new DeploymentWriter(process, (await process.azure()).accounts(subscriptionId), place, say);
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
  async put(wanted: Deployment): Promise<Deployment> {
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
    const { clock } = this.process;
    const operation = await inTurn(this.process, `${doing} ${this.place.deploymentName}`, this.say, start);
    const started = ticks(clock);
    let toldAt = -Infinity;
    while (!operation.isDone()) {
      await this.process.stopIfOrphaned();
      const elapsed = ticks(clock) - started;
      if (elapsed >= DEADLINE_MS) {
        const { deploymentName } = this.place;
        throw new Error(
          `${doing} ${deploymentName} is still not finished after ${duration(elapsed)}; run the command again to keep waiting.`,
        );
      }
      if (elapsed - toldAt >= TOLD_MS) {
        toldAt = elapsed;
        this.say.status(`${doing} ${duration(elapsed)} · ${this.place.deploymentName}`);
      }
      await clock.sleep(pollDelay(LOOK, elapsed));
      await operation.look();
    }
  }

  private address(): [resourceGroup: string, account: string, deployment: string] {
    const { resourceGroupName, accountName } = parseAccountId(this.place.accountId);
    return [resourceGroupName, accountName, this.place.deploymentName];
  }
}
