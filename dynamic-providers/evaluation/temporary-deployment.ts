import type { Deployment } from "@azure/arm-cognitiveservices";
import { parseAccountId } from "../../azure-openai/account-reference";
import { backoffDelay, type Backoff } from "../../azure-openai/backoff";
import { ticks } from "../../azure-openai/clock";
import { AzureFailure } from "../../azure-openai/failure";
import { duration } from "../../format/duration";
import type { Context } from "../runtime/context";
import { saysAccountIsGone } from "../runtime/data-plane";
import type { Say } from "../runtime/say";
import type { TemporaryModel } from "./temporary-model";
import { type EvaluationOwner, isTemporaryOf } from "./temporary-name";

const LOOKS: Backoff = { first: 1_000, cap: 10_000 };
/** A tuned model is deployed within minutes on record; a deletion within seconds. */
const LONGEST_MS = 30 * 60_000;
/** Another write of the account's deployments, or a model that was just trained, takes moments (409 RequestConflict). */
const CONFLICT_MS = 10 * 60_000;

/** Temporary deployments of one evaluation on one account. */
export class TemporaryDeployments {
  constructor(
    private readonly context: Context,
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
    const there = await this.find(name);
    if (!there || !isReusable(there, wanted)) {
      if (there) await this.remove(name);
      await this.start(name, wanted);
    }
    await this.until(`${name} is being deployed for the evaluation`, async () => {
      const state = (await this.find(name))?.properties?.provisioningState;
      if (state === "Failed" || state === "Canceled") {
        throw new Error(
          `The temporary deployment ${name} ended as ${state}: run \`pulumi up\` again to try another one.`,
        );
      }
      return state === "Succeeded";
    });
  }

  private async start(name: string, wanted: TemporaryModel): Promise<void> {
    try {
      await this.write(async ({ accounts, group, account }) =>
        accounts.startDeployment(group, account, { name, ...wanted }),
      );
    } catch (error) {
      // Of one that failed at once, Azure's client doesn't tell what Resource Manager does.
      if (!(error instanceof AzureFailure && error.ambiguous) || !(await this.find(name))) throw error;
    }
  }

  /** Removes one; that it is gone already is no error. */
  async remove(name: string): Promise<void> {
    await this.write(async ({ accounts, group, account }) => accounts.startDeploymentDeletion(group, account, name));
    await this.until(`${name} is being deleted`, async () => (await this.find(name)) === undefined);
  }

  /** Removes all of this evaluation, also those that an interrupted run has left. @param but - name of one that stays */
  async sweep(but?: string): Promise<void> {
    for (const name of await this.left()) {
      if (name === but) continue;
      await this.remove(name);
      this.say(`removed the temporary deployment ${name}`);
    }
  }

  /** Names of those that are there. None where the account is gone, or may not be read. */
  async left(): Promise<string[]> {
    try {
      const names = (await this.all()).flatMap(({ name }) => name ?? []);
      return names.filter((name) => isTemporaryOf(this.owner, name));
    } catch (error) {
      if (saysAccountIsGone(error) || (error instanceof AzureFailure && error.forbidden)) return [];
      throw error;
    }
  }

  private async find(name: string): Promise<Deployment | undefined> {
    return (await this.all()).find((one) => one.name?.toLowerCase() === name.toLowerCase());
  }

  private async all(): Promise<Deployment[]> {
    const { accounts, group, account } = await this.control();
    return accounts.deployments(group, account);
  }

  private async control() {
    const { subscriptionId, resourceGroupName: group, accountName: account } = parseAccountId(this.accountId);
    return { accounts: (await this.context.azure()).accounts(subscriptionId), group, account };
  }

  /** Azure refuses two writes of one account's deployments at a time. */
  private async write(
    request: (control: Awaited<ReturnType<TemporaryDeployments["control"]>>) => Promise<void>,
  ): Promise<void> {
    const { clock } = this.context;
    const began = ticks(clock);
    for (let attempt = 0; ; attempt++) {
      await this.context.stopIfOrphaned();
      try {
        return await request(await this.control());
      } catch (error) {
        const busy = error instanceof AzureFailure && error.status === 409;
        if (!busy || ticks(clock) - began > CONFLICT_MS) throw error;
        this.say.status(`waiting ${duration(ticks(clock) - began)} · for another deployment of the account`);
        await clock.sleep(backoffDelay(LOOKS, attempt, error.retryAfterMs));
      }
    }
  }

  private async until(what: string, isDone: () => Promise<boolean>): Promise<void> {
    const { clock } = this.context;
    const began = ticks(clock);
    for (let look = 0; !(await isDone()); look++) {
      await this.context.stopIfOrphaned();
      const waited = ticks(clock) - began;
      if (waited > LONGEST_MS)
        throw new Error(`${what} for ${duration(waited)}: run \`pulumi up\` again to keep waiting.`);
      this.say.status(`waiting ${duration(waited)} · ${what}`);
      await clock.sleep(backoffDelay(LOOKS, look));
    }
  }
}

/** Of the same model, and not broken: what an interrupted run has made need not be made again. */
function isReusable({ properties, sku }: Deployment, wanted: TemporaryModel): boolean {
  const { model, provisioningState } = properties ?? {};
  const ended = provisioningState === "Failed" || provisioningState === "Canceled";
  return model?.name === wanted.model.name && sku?.name === wanted.sku.name && !ended;
}
