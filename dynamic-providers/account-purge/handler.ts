import { sameName } from "../../format/same-name";
import { quoted } from "../../format/quoted";
import type { AccountControl } from "../../azure-openai/account-control";
import { accountId, sameLocation } from "../../azure-openai/account-reference";
import { AzureFailure, isNotFound } from "../../azure-openai/failure";
import { moment } from "../../format/moment";
import { providerProcess, type Context } from "../runtime/context";
import type { Handler } from "../runtime/handler";
import { beginReadingModels } from "../runtime/region-models";
import { sayAs } from "../runtime/say";
import { toState } from "../runtime/to-state";
import { hasUnknown, isUnknown, UNKNOWN } from "../runtime/unknown";
import { leavesExistingAccount } from "../existing-account/change-of-owner";
import { existingAccountNote } from "./existing-account";
import { heldName, restorable } from "./held-name";
import { PURGE_PERMISSION, purgeAccount, type PurgeOutcome } from "./purge-account";
import { refuseMove } from "./refuse-move";
import type { AccountPurgeInputs, AccountPurgeState } from "./schema";

/** Properties by which an account is found again after its deletion. */
const IDENTITY = ["subscriptionId", "resourceGroupName", "accountName"] as const;

export function accountPurgeHandler(context: Context) {
  const say = sayAs(context, "account-purge");

  async function accounts({ subscriptionId }: AccountPurgeInputs): Promise<AccountControl> {
    return (await context.azure()).accounts(subscriptionId);
  }

  /** Purges; returns a sentence on what is left, or `undefined` when nothing is. @throws AzureFailure */
  async function purge(state: AccountPurgeState): Promise<string | undefined> {
    const control = await accounts(state);
    const outcome = await purgeAccount(control, state, { clock: context.clock, say });
    if (outcome.end !== "nothing") return whatIsLeft(state, outcome);
    const left = await whetherItExists(control, state);
    // The engine believes it deleted, and azure-native takes any 404 for that, a gateway's too. A destroy that leaves it is no success.
    if (left && context.liveIds.destroying) throw new Error(stillThere(state));
    return left;
  }

  /** Of an account that is new to the stack: cheap to ask, and better told by a preview than in the middle of `up`. */
  async function nameHeldBefore(
    olds: Partial<AccountPurgeInputs>,
    news: AccountPurgeInputs,
  ): Promise<string | undefined> {
    const { accountName, location, resourceGroupName, subscriptionId } = news;
    if (hasUnknown([accountName, location, resourceGroupName, subscriptionId])) return undefined;
    if (sameName(olds.accountName, accountName)) return undefined;
    // What can't be asked now is asked again when the account is created.
    return accounts(news)
      .then((control) => held(control, news))
      .catch(() => undefined);
  }

  async function held(control: AccountControl, inputs: AccountPurgeInputs): Promise<string | undefined> {
    return heldName(control, inputs, (await context.azure()).rehearsal);
  }

  return {
    configure: ({ config }) => Promise.resolve(context.configure(config)),

    check: async (olds: Partial<AccountPurgeInputs> | undefined = {}, news) => {
      context.liveIds.sawProgram();
      beginReadingModels(context, news);
      const leaves = leavesExistingAccount(olds);
      if (leaves !== undefined) return { inputs: news, failures: [{ property: "accountName", reason: leaves }] };
      const failures = refuseMove(olds, news);
      const held = failures.length === 0 ? await nameHeldBefore(olds, news) : undefined;
      return { inputs: news, failures: held === undefined ? failures : [{ property: "accountName", reason: held }] };
    },

    diff: (_id, olds, news) => {
      const replaces: string[] = IDENTITY.filter(
        (name) => isUnknown(news[name]) || news[name].toLowerCase() !== olds[name].toLowerCase(),
      );
      if (isUnknown(news.location) || !sameLocation(news.location, olds.location)) replaces.push("location");
      if (replaces.length > 0 && !context.liveIds.destroying)
        context.plan.accounts.replaces(accountIdOf(olds), { accountId: accountIdOf(news), location: news.location });
      const keeps = (news.keep ?? false) !== (olds.keep ?? false);
      return Promise.resolve({ changes: replaces.length > 0 || keeps, replaces });
    },

    create: async (inputs) => {
      context.plan.accounts.makes(accountIdOf(inputs));
      const control = await accounts(inputs);
      const taken = await held(control, inputs);
      if (taken !== undefined) throw new Error(taken);
      const note = await existingAccountNote(control, inputs);
      if (note) say(`warning: ${note}`);
      const { subscriptionId, resourceGroupName, accountName, location } = inputs;
      const id = [subscriptionId, resourceGroupName, accountName, location].join("/");
      // By the service's clock, as the deletion that it is compared with: this machine's may be hours off.
      const createdAt = new Date(control.time.now() ?? context.clock.now()).toISOString();
      return { id, outs: toState({ ...inputs, stateVersion: 1 as const, createdAt }) };
    },

    update: (_id, olds, news) => Promise.resolve({ outs: toState({ ...olds, ...news, keep: news.keep }) }),

    delete: async (_id, state) => {
      // A purge would take with it what was to be kept; until Azure purges automatically, the account can be restored.
      const keep = state.keep === true || context.kept.length > 0;
      const left = await (
        keep ? notPurged(await accounts(state), state, (await context.azure()).rehearsal) : purge(state)
      ).catch((error: unknown) => {
        // A disturbance or another operation passes, and the next destroy purges. What doesn't pass is worth a warning, not a destroy that never ends.
        if (error instanceof AzureFailure && (error.transient || error.status === 409))
          throw new Error(`${error.message} The account was deleted but has not been purged yet. Run destroy again.`);
        if (error instanceof AzureFailure) return `the purge failed: ${error.message}`;
        throw error;
      });
      // A name that is being replaced is no end of the stack: the last line, which names what is left, belongs to destroy.
      if (context.liveIds.destroying)
        say(lastLine(state, [...context.kept, ...context.leftBehind, ...(left ? [left] : [])]));
      else if (left) say(`warning: ${left}`);
    },
  } satisfies Handler<AccountPurgeInputs, AccountPurgeState>;
}

/** The ARM ID that the names give; unknown while one of them is. */
function accountIdOf(inputs: AccountPurgeInputs): string {
  return IDENTITY.some((name) => isUnknown(inputs[name])) ? UNKNOWN : accountId(inputs);
}

/** The account is left soft-deleted, with all that it holds; `undefined` when there is none. */
async function notPurged(
  accounts: AccountControl,
  state: AccountPurgeState,
  rehearsal: boolean,
): Promise<string | undefined> {
  const { accountName, resourceGroupName, location } = state;
  try {
    const { scheduledPurgeDate } = await accounts.deleted(location, resourceGroupName, accountName);
    return restorable(state, scheduledPurgeDate, rehearsal);
  } catch (error) {
    if (isNotFound(error)) return whetherItExists(accounts, state);
    throw error;
  }
}

/** An account that was not deleted (protected, or retained) has nothing to be purged. */
async function whetherItExists(accounts: AccountControl, state: AccountPurgeState): Promise<string | undefined> {
  try {
    await accounts.get(state.resourceGroupName, state.accountName);
    return `the account ${state.accountName}, which still exists`;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function stillThere({ accountName, resourceGroupName }: AccountPurgeState): string {
  return (
    `The account ${accountName} still exists, although its deletion was reported as complete: a gateway or proxy may have responded instead of Azure. Run \`npm run recover\` to put it back into the state, then run destroy again. Or delete it yourself, with everything in it, and run destroy again: ` +
    `az cognitiveservices account delete -n ${quoted(accountName)} -g ${quoted(resourceGroupName)}`
  );
}

/** One sentence on what the purge left, or `undefined` when nothing is left. */
function whatIsLeft(state: AccountPurgeState, outcome: Exclude<PurgeOutcome, { end: "nothing" }>): string | undefined {
  const { accountName, location, resourceGroupName } = state;
  switch (outcome.end) {
    case "purged":
      return undefined;
    case "notAllowed":
      return `the account ${accountName} was deleted but not purged: the ${PURGE_PERMISSION} permission on the subscription is missing. Its name will be released ${freeOn(outcome.freeOn)}.`;
    case "stuck":
      return `the account ${accountName} was deleted, but its purge has not finished. Its name will be released ${freeOn(outcome.freeOn)} at the latest. To release it now, run: az cognitiveservices account purge -n ${quoted(accountName)} -g ${quoted(resourceGroupName)} -l ${location}`;
    case "notOurs":
      return `soft-deleted account ${accountName}${outcome.deletedOn ? ` (deleted on ${moment(outcome.deletedOn)})` : ""} predates this stack and was not purged`;
  }
}

function freeOn(date: string | undefined): string {
  return date ? `on ${moment(date)}` : "48 hours after the deletion";
}

function lastLine({ accountName, resourceGroupName }: AccountPurgeState, left: string[]): string {
  if (left.length > 0) return `left: ${left.join("; ")}`;
  return `${accountName} no longer exists; resource group ${resourceGroupName} was kept`;
}

export const handler = accountPurgeHandler(providerProcess);
