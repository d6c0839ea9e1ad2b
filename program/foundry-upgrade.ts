import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";
import { isDeepStrictEqual } from "node:util";
import { type AccountKind, FOUNDRY } from "../catalog";
import type { LiveAccount } from "./account-kind";

/** What the stack sends of an account beside its kind. */
export type WantedAccount = Required<Pick<cognitiveservices.AccountArgs, "sku" | "properties">> &
  Pick<cognitiveservices.AccountArgs, "tags"> & {
    /** Kind of the settings: of a Foundry account that is asked for, project management is, too. @default what is there */
    kind?: AccountKind;
    /** Identity of the settings. @default what is there */
    identity?: Identity;
    /** Whether a function changes what is compared here. @default false */
    transformed?: boolean;
  };

/** An account's identity as the program gives it. */
export interface Identity {
  type: cognitiveservices.ResourceIdentityType;
  userAssignedIdentities?: string[];
}

/** What an account of a kind has beside what every account has. A project needs the identity (documented). */
export function argsOfKind(kind: AccountKind): KindArgs {
  return kind === FOUNDRY
    ? {
        args: { kind, identity: { type: cognitiveservices.ResourceIdentityType.SystemAssigned } },
        allowProjectManagement: true,
      }
    : { args: { kind } };
}

interface KindArgs {
  args: Pick<cognitiveservices.AccountArgs, "kind"> & { identity?: Identity };
  allowProjectManagement?: boolean;
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
 * How the account resource treats a Foundry account. Microsoft upgrades accounts of kind OpenAI on its own schedule, in place
 * (https://learn.microsoft.com/azure/foundry/how-to/upgrade-azure-openai-auto): name, keys, roles, deployments, files and jobs stay. An
 * update of an account sends its whole body, so leaving the kind out of the comparison is not enough: with the next changed tag the kind of the
 * state, which may still be the old one, would be sent. Hence two cases.
 * - Nothing differs between program and account: what the upgrade has set is not compared, and there is no change.
 * - Something differs, so there is an update: it sends the kind, the identity and the project setting that the account has,
 *   and those that a Foundry account of the settings must have.
 *
 * A guess remains: where the account was changed by hand to what the program now says, and the state was never refreshed since the
 * upgrade, the state's kind is sent. `pulumi refresh` before avoids it.
 */
export function keepUpgrade(live: LiveAccount, wanted: WantedAccount): KindArgs & { ignoreChanges: string[] } {
  // A Foundry account without rules shows the default ones, an account of kind OpenAI none.
  const rules = rulesOf(wanted.properties) || hasRules(live.properties) ? [] : ["properties.networkAcls"];
  const identity = identityOf(live);
  const { allowProjectManagement } = live.properties;
  const asked = wanted.kind === FOUNDRY;
  const complete = !asked || (identity !== undefined && allowProjectManagement === true);
  // Not compared below: with one of these it is as if something differed.
  const more = wanted.transformed || wanted.identity !== undefined || encryptionOf(wanted.properties) !== undefined;
  if (!more && complete && isSame(live, wanted))
    return { ...argsOfKind(wanted.kind ?? "OpenAI"), ignoreChanges: [...SET_BY_UPGRADE, ...rules] };
  const ofKind = asked ? argsOfKind(FOUNDRY) : { args: { kind: FOUNDRY }, allowProjectManagement };
  return { ...ofKind, args: { ...ofKind.args, ...(identity && { identity }) }, ignoreChanges: rules };
}

/** The account's identities as the program gives them: Azure lists the user-assigned ones as a map, and takes them as a list. */
function identityOf({ identity }: LiveAccount): Identity | undefined {
  if (!identity?.type || identity.type === "None") return undefined;
  const { type, userAssignedIdentities } = identity;
  return {
    type: type as cognitiveservices.ResourceIdentityType,
    userAssignedIdentities: userAssignedIdentities && Object.keys(userAssignedIdentities),
  };
}

/**
 * What the kind or the upgrade gives an account, with what the settings ask for: a Foundry account keeps its own identity beside those of the
 * settings.
 */
export function joinedIdentity(own: Identity | undefined, wanted: Identity | undefined): Identity | undefined {
  if (!own || !wanted) return wanted ?? own;
  const { SystemAssigned, SystemAssigned_UserAssigned, UserAssigned } = cognitiveservices.ResourceIdentityType;
  const { userAssignedIdentities } = wanted;
  const system = [own.type, wanted.type].some((type) => type !== UserAssigned);
  if (!userAssignedIdentities) return { type: SystemAssigned };
  return { type: system ? SystemAssigned_UserAssigned : UserAssigned, userAssignedIdentities };
}

function encryptionOf(properties: unknown): unknown {
  return (properties as { encryption?: unknown }).encryption;
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
