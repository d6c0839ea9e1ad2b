import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";
import * as pulumi from "@pulumi/pulumi";
import { note } from "./note";
import { isDeepStrictEqual } from "node:util";
import { reasonOf } from "./explain-failure";

/** The account as Resource Manager shows it, as far as an upgrade to Foundry is concerned. */
export type LiveAccount = Pick<cognitiveservices.GetAccountResult, "kind" | "identity" | "tags" | "sku" | "properties">;

/** What the stack sends of an account beside its kind. */
export type WantedAccount = Required<Pick<cognitiveservices.AccountArgs, "sku" | "properties">> &
  Pick<cognitiveservices.AccountArgs, "tags">;

/** The kind of a Foundry account (Microsoft Foundry, Azure AI services). */
export const FOUNDRY = "AIServices";

/**
 * Microsoft upgrades accounts of kind OpenAI to Foundry on its own schedule, in place
 * (https://learn.microsoft.com/azure/foundry/how-to/upgrade-azure-openai-auto): name, keys, roles, deployments, files and jobs stay. The
 * account as it is now; `undefined` where it does not exist, or has not been upgraded.
 *
 * @throws pulumi.RunError when that can't be read: a run that does not know could send the kind back
 */
export async function upgradedAccount(
  resourceGroupName: string,
  accountName: string,
): Promise<LiveAccount | undefined> {
  try {
    const account = await cognitiveservices.getAccount({ resourceGroupName, accountName });
    return account.kind === FOUNDRY ? account : undefined;
  } catch (error) {
    const reason = reasonOf(error);
    // azure-native puts Azure's code into the message. Only these say that the account is not there.
    if (/\b(ResourceNotFound|ResourceGroupNotFound|NotFound)\b/.test(reason)) return undefined;
    throw new pulumi.RunError(`Account ${accountName} can't be read: ${reason}`);
  }
}

/** What only the upgrade sets; the program has no value of its own for any of it. */
const SET_BY_UPGRADE = [
  "kind",
  "identity",
  ...["allowProjectManagement", "apiProperties", "associatedProjects", "defaultProject"].map(
    (name) => `properties.${name}`,
  ),
];

/**
 * How the account resource treats an upgrade. An update of an account sends its whole body, so leaving the kind out of the comparison is
 * not enough: with the next changed tag the kind of the state, which may still be the old one, would be sent. Hence two cases.
 * - Nothing differs between program and account: what the upgrade has set is not compared, and there is no change.
 * - Something differs, so there is an update: it sends the kind, the identity and the project setting that the account has.
 *
 * A guess remains: where the account was changed by hand to what the program now says, and the state was never refreshed since the
 * upgrade, the state's kind is sent. `pulumi refresh` before avoids it.
 */
export function keepUpgrade(
  live: LiveAccount,
  wanted: WantedAccount,
): { args: Partial<cognitiveservices.AccountArgs>; allowProjectManagement?: boolean; ignoreChanges: string[] } {
  // A Foundry account without rules shows the default ones, an account of kind OpenAI none.
  const rules = rulesOf(wanted.properties) || hasRules(live.properties) ? [] : ["properties.networkAcls"];
  if (isSame(live, wanted)) return { args: { kind: "OpenAI" }, ignoreChanges: [...SET_BY_UPGRADE, ...rules] };
  const type = live.identity?.type as cognitiveservices.ResourceIdentityType | undefined;
  const userAssigned = live.identity?.userAssignedIdentities;
  return {
    args: {
      kind: FOUNDRY,
      identity: type && { type, userAssignedIdentities: userAssigned && Object.keys(userAssigned) },
    },
    allowProjectManagement: live.properties.allowProjectManagement,
    ignoreChanges: rules,
  };
}

/** One line per run: what Azure did, and that it is left so. */
export function noteUpgrade(accountName: string): Promise<void> {
  return note(
    `Azure has upgraded account ${accountName} from kind OpenAI to ${FOUNDRY} (Microsoft Foundry). The stack keeps it that way: name, keys, deployments, files and jobs are the same.`,
  );
}

/** @throws pulumi.RunError when the settings ask for what a Foundry account does not have */
export function refuseUnsupported(accountName: string, integrations: { type: string }[] = []): void {
  if (!integrations.some(({ type }) => type === "wandb")) return;
  throw new pulumi.RunError(
    `integrations contains Weights & Biases (wandb), which Azure does not offer on Foundry accounts; account ${accountName} is one (kind ${FOUNDRY}). Remove it from the setting integrations; finished and running training is not affected.`,
  );
}

type Plain = Record<string, unknown> | undefined;

function isSame(live: LiveAccount, wanted: WantedAccount): boolean {
  const mine = wanted.properties as Record<string, unknown>;
  const { customSubDomainName, disableLocalAuth, publicNetworkAccess } = live.properties;
  return (
    isDeepStrictEqual({ ...live.tags }, { ...(wanted.tags as Plain) }) &&
    live.sku?.name === (wanted.sku as { name: string }).name &&
    customSubDomainName?.toLowerCase() === String(mine.customSubDomainName).toLowerCase() &&
    (disableLocalAuth ?? false) === mine.disableLocalAuth &&
    (publicNetworkAccess ?? "Enabled") === mine.publicNetworkAccess &&
    (hasRules(live.properties) || rulesOf(mine)
      ? isDeepStrictEqual(plainRules(live.properties.networkAcls), plainRules(rulesOf(mine)))
      : true)
  );
}

function rulesOf(properties: unknown): Plain {
  return (properties as { networkAcls?: Plain }).networkAcls;
}

/** Whether the account keeps anybody out: the default ones let everybody in. */
function hasRules({ networkAcls }: LiveAccount["properties"]): boolean {
  if (!networkAcls) return false;
  const { defaultAction, ipRules = [], virtualNetworkRules = [] } = networkAcls;
  return defaultAction === "Deny" || ipRules.length > 0 || virtualNetworkRules.length > 0;
}

/** Rules in one spelling, without what Azure adds. */
function plainRules(rules: unknown): unknown {
  const {
    defaultAction,
    bypass = "AzureServices",
    ipRules = [],
    virtualNetworkRules = [],
  } = (rules ?? {}) as {
    defaultAction?: string;
    bypass?: string;
    ipRules?: { value: string }[];
    virtualNetworkRules?: { id: string }[];
  };
  return {
    ...{ defaultAction, bypass },
    ips: ipRules.map(({ value }) => value).sort(),
    subnets: virtualNetworkRules.map(({ id }) => id.toLowerCase()).sort(),
  };
}
