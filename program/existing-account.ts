import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";
import * as pulumi from "@pulumi/pulumi";
import { openAiEndpoint } from "../azure-openai/account-endpoint";
import { accountId, sameLocation } from "../azure-openai/account-reference";
import { READ, rightsSentence } from "../dynamic-providers/existing-account/missing-rights";
import type { ExistingAccountArgs } from "../dynamic-providers/existing-account/schema";
import { type AccountKind, accountKinds, hasOpenAi } from "../catalog";
import { quoted } from "../format/quoted";
import { reasonOf } from "./explain-failure";
import { currentPrincipal } from "./signed-in";

/** Which account is looked up, and what it is to be like. */
export interface AccountLookup {
  subscriptionId: string;
  resourceGroupName: string;
  accountName: string;
  /** Region in which it must be. @default wherever it is */
  location?: string;
  /** Kind that it must have. @default either */
  kind?: AccountKind;
  /** Whether its keys are wanted. @default false */
  readsKeys?: boolean;
}

/** What is read from the account; the same at each run, unless its owner changes it. */
export type FoundAccount = Pick<ExistingAccountArgs, "location" | "kind" | "sku" | "properties">;

type Live = Pick<cognitiveservices.GetAccountResult, "location" | "kind" | "sku" | "properties">;

/**
 * Reads an account that is there without the stack.
 *
 * @throws pulumi.RunError where it is not there, can't be read, or can't be used for what is asked: one sentence per problem
 */
export async function findAccount(lookup: AccountLookup): Promise<FoundAccount> {
  const { resourceGroupName, accountName } = lookup;
  let live: Live;
  try {
    live = await cognitiveservices.getAccount({ resourceGroupName, accountName });
  } catch (error) {
    throw new pulumi.RunError(await unreadable(lookup, reasonOf(error)));
  }
  const problems = accountProblems(live, lookup);
  if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
  const { location, kind, sku, properties } = live;
  const { disableLocalAuth = false, publicNetworkAccess, networkAcls } = properties;
  return {
    location: location!,
    kind: kind!,
    sku: sku && { name: sku.name },
    properties: {
      endpoint: openAiEndpoint(properties),
      disableLocalAuth,
      publicNetworkAccess,
      networkAcls: networkAcls && {
        defaultAction: networkAcls.defaultAction,
        ipRules: networkAcls.ipRules?.map(({ value }) => ({ value })),
      },
    },
  };
}

/** What keeps an account from being used, one sentence each. */
export function accountProblems(
  { location = "", kind = "", properties }: Live,
  { resourceGroupName, accountName, location: wanted, kind: asked, readsKeys }: AccountLookup,
): string[] {
  const account = `the existing account ${accountName}`;
  const found: string[] = [];
  if (!hasOpenAi(kind)) {
    found.push(
      `account.name is "${accountName}", which is an account of kind ${kind || "unknown"}; expected an account of kind ${accountKinds.join(" or ")}.`,
    );
  } else if (asked !== undefined && asked !== kind) {
    const advice =
      asked === "OpenAI"
        ? "Remove account.kind"
        : `Remove account.kind, ask its owner to upgrade it, or set account.name to another account`;
    found.push(`account.kind is "${asked}", but ${account} is of kind ${kind}. ${advice}.`);
  }
  if (wanted && !sameLocation(wanted, location))
    found.push(`location is "${wanted}", but ${account} is in ${location}. Remove location, or set it to ${location}.`);

  const { provisioningState = "Succeeded", customSubDomainName, disableLocalAuth } = properties;
  if (provisioningState !== "Succeeded") {
    found.push(
      `${account[0]!.toUpperCase()}${account.slice(1)} is not ready (provisioningState ${provisioningState}). Run the command again when it is.`,
    );
  } else if (!customSubDomainName) {
    found.push(
      `${account[0]!.toUpperCase()}${account.slice(1)} has no custom subdomain, which Microsoft Entra ID sign-in requires. Ask its owner to set one (it can't be changed later): ` +
        `az cognitiveservices account update -n ${quoted(accountName)} -g ${quoted(resourceGroupName)} --custom-domain <name>`,
    );
  }
  if (readsKeys && disableLocalAuth === true) {
    found.push(
      `localAuth is true, but API keys are disabled on ${account} (disableLocalAuth). Set localAuth to false; the stack then signs in with Microsoft Entra ID and doesn't export any keys.`,
    );
  }
  return found;
}

async function unreadable(lookup: AccountLookup, reason: string): Promise<string> {
  const { subscriptionId, resourceGroupName, accountName } = lookup;
  if (/\b(ResourceNotFound|ResourceGroupNotFound|NotFound)\b/.test(reason)) {
    const list = `az cognitiveservices account list --subscription ${subscriptionId} --query "[].[name,resourceGroup,location,kind]" -o table`;
    return (
      `account.existing is true, but there is no account "${accountName}" in the resource group "${resourceGroupName}" of subscription ${subscriptionId}. ` +
      `Correct account.name or account.resourceGroupName. To list the accounts, run: ${list}. To have the stack create the account instead, remove account.existing.`
    );
  }
  if (/\b(SubscriptionNotFound|InvalidSubscriptionId)\b/.test(reason)) {
    return (
      `Subscription "${subscriptionId}" is not visible to the signed-in principal. Correct azure-native:subscriptionId ` +
      "(ARM_SUBSCRIPTION_ID), or sign in to the tenant that the subscription belongs to."
    );
  }
  if (!/\bAuthorizationFailed\b/.test(reason)) return `The existing account ${accountName} can't be read: ${reason}`;
  const principal = await currentPrincipal().catch(() => undefined);
  return rightsSentence([READ], { accountName, accountId: accountId(lookup) }, principal?.id);
}
