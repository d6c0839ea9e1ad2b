import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";
import * as pulumi from "@pulumi/pulumi";
import { AccountPurge } from "../dynamic-providers/account-purge/resource";
import { ACCOUNT_COMPONENT, EXISTING_ACCOUNT_TYPE } from "../dynamic-providers/runtime/resource-types";
import { openAiEndpoint, projectEndpoint } from "../azure-openai/account-endpoint";
import { accountId } from "../azure-openai/account-reference";
import { type AccountKind, FOUNDRY } from "../catalog";
import type { LiveAccount } from "../program/account-kind";
import { argsOfKind, joinedIdentity, keepUpgrade } from "../program/foundry-upgrade";
import { transformed } from "../program/transforms";
import { explainFailure } from "../program/explain-failure";

/** An account as the other components need it: an OpenAiAccount, or one that is there already. */
export interface AccountReference {
  subscriptionId: string;
  resourceGroupName: string;
  /** Azure region, e.g. `northcentralus`. */
  location: string;
  accountName: string;
  /** ARM ID: with the location it is the account's identity, known at preview while the account stays. */
  accountId: pulumi.Input<string>;
  /** The same id made of the names: known before the account exists. */
  path: string;
  /** Whether it is there without the stack, which then shares it with others: see ExistingAccount. @default false */
  existing?: boolean;
  /** Kind of the account, which decides what can be tuned there. @default "OpenAI" */
  kind?: string;
  /** Name of the project that the stack has in it; of its own account, an output of the project, so that what uses it is deleted before it. @default none */
  project?: pulumi.Input<string>;
}

/** Who a stack is among others that use the same account. */
export function ownerOf(project = pulumi.getProject(), stack = pulumi.getStack()): string {
  return `${project}/${stack}`;
}

export interface OpenAiAccountArgs {
  subscriptionId: string;
  /** Existing resource group; it is never owned. */
  resourceGroupName: string;
  /** Azure region, e.g. `northcentralus`. */
  location: string;
  accountName: string;
  /** Custom subdomain, which signing in with Microsoft Entra ID needs. @default the account's name in lower case */
  subdomain?: string;
  /** Pricing tier. @default "S0" */
  sku?: string;
  /** @default {} */
  tags?: Record<string, string>;
  /** Whether the account accepts keys. @default false: Microsoft Entra ID alone */
  localAuth?: boolean;
  /** Whether it holds what is to outlast the stack: then destroy leaves it restorable. @default false: it is purged */
  keep?: boolean;
  /** Whether Pulumi refuses to delete or replace it. @default false */
  protect?: boolean;
  /** Who reaches the account. @default public access without network rules */
  network?: NetworkArgs;
  /** Managed identities of the account. @default none */
  identity?: { systemAssigned?: boolean; /** ARM IDs. */ userAssigned?: string[] };
  /** Key that encrypts the account's data. @default Microsoft's keys */
  encryption?: EncryptionArgs;
  /** Whether a transformation changes what the account is compared by: then what an upgrade has set is always sent. @default false */
  transformed?: boolean;
  /**
   * Kind of the account. Going from OpenAI to AIServices upgrades it in place to a Foundry account: nothing is trained again. Azure takes no
   * upgrade back. @default that of `upgraded`, else "OpenAI"
   */
  kind?: AccountKind;
  /** Name of a project that is made in it, where it is a Foundry account. @default none */
  project?: string;
  /** The account as it is, where it is a Foundry account already: Azure upgrades them automatically. @default it is of kind OpenAI, or new */
  upgraded?: LiveAccount;
}

export interface EncryptionArgs {
  /** `Microsoft.CognitiveServices`: back to Microsoft's keys. @default "Microsoft.KeyVault" */
  keySource?: "Microsoft.KeyVault" | "Microsoft.CognitiveServices";
  /** e.g. `https://contoso.vault.azure.net` */
  keyVaultUri?: string;
  keyName?: string;
  keyVersion?: string;
  /** Client ID of the user-assigned identity that may use the key. @default the account's own identity */
  identityClientId?: string;
}

export interface NetworkArgs {
  publicNetworkAccess: "Enabled" | "Disabled";
  networkAcls?: {
    defaultAction: "Allow" | "Deny";
    bypass?: "AzureServices" | "None";
    /** IP addresses or CIDR ranges. */
    ipRules: string[];
    /** ARM IDs of subnets. */
    virtualNetworkRules: string[];
  };
}

/**
 * An Azure OpenAI account in an existing resource group, whose name is free again after destroy.
 *
 * @example
 * ```ts
 * const account = new OpenAiAccount("openai", {
 *   subscriptionId, resourceGroupName: "ResourceGroup1", location: "northcentralus",
 *   accountName: "AzureOpenAI-Finetune21",
 * });
 * ```
 */
export class OpenAiAccount extends pulumi.ComponentResource implements AccountReference {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly accountName: string;
  /** Kind that it has after this run. */
  readonly kind: AccountKind;
  /** The ARM ID as the settings give it: known before the account exists. */
  readonly path: string;
  /** ARM ID: with the location it is the account's identity, known at preview while the account stays. */
  readonly accountId: pulumi.Output<string>;
  /** Address of the data plane, for people and clients; resources go by the id. */
  readonly endpoint: pulumi.Output<string>;
  /** Name of its project, known while that stays. */
  readonly project?: pulumi.Output<string>;
  /** Address of its project's own API; absent where it has none of the stack. */
  readonly projectEndpoint?: pulumi.Output<string>;

  constructor(name: string, args: OpenAiAccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super(ACCOUNT_COMPONENT, name, {}, opts);
    const { subscriptionId, resourceGroupName, location, accountName, network } = args;

    // Created before the account, so that destroy reaches it after the account is gone.
    const purge = new AccountPurge(
      `${name}-purge`,
      { subscriptionId, resourceGroupName, accountName, location, keep: args.keep || undefined },
      // Seen by what takes its place, and the other way round: going over to an existing account is refused as a whole.
      { parent: this, aliases: [{ name: `${name}-existing`, type: EXISTING_ACCOUNT_TYPE }] },
    );
    const wanted = {
      sku: { name: args.sku ?? "S0" },
      tags: args.tags,
      properties: {
        customSubDomainName: args.subdomain ?? accountName.toLowerCase(),
        disableLocalAuth: !args.localAuth,
        publicNetworkAccess: network?.publicNetworkAccess ?? "Enabled",
        networkAcls: networkRules(network),
        encryption: encryptionOf(args.encryption),
      },
    };
    const identity = identityOf(args.identity);
    const { upgraded, kind = "OpenAI" } = args;
    const kept = upgraded
      ? keepUpgrade(upgraded, { ...wanted, kind: args.kind, identity, transformed: args.transformed })
      : { ...argsOfKind(kind), ignoreChanges: undefined };
    const account = new cognitiveservices.Account(
      `${name}-account`,
      transformed("account", `${name}-account`, {
        ...{ accountName, resourceGroupName, location },
        ...wanted,
        ...kept.args,
        identity: joinedIdentity(kept.args.identity, identity),
        properties: { ...wanted.properties, allowProjectManagement: kept.allowProjectManagement },
      }),
      { parent: this, dependsOn: purge, protect: args.protect, ignoreChanges: kept.ignoreChanges },
    );

    this.subscriptionId = subscriptionId;
    this.resourceGroupName = resourceGroupName;
    this.location = location;
    this.accountName = accountName;
    this.kind = upgraded ? FOUNDRY : kind;
    this.path = accountId(args);
    this.accountId = account.id;
    this.endpoint = endpointOf(account, resourceGroupName, accountName, this);
    const { project: projectName } = args;
    if (projectName !== undefined) {
      const project = new cognitiveservices.Project(
        `${name}-project`,
        transformed("project", `${name}-project`, {
          ...{ accountName, resourceGroupName, location, projectName, tags: args.tags },
          identity: { type: cognitiveservices.ResourceIdentityType.SystemAssigned },
          properties: { displayName: projectName },
        }),
        // A project goes before its account, which Azure doesn't delete while it has any.
        { parent: this, dependsOn: account, protect: args.protect },
      );
      this.project = project.id.apply(() => projectName);
      this.projectEndpoint = project.properties.apply(projectEndpoint);
    }
    this.registerOutputs({ accountId: this.accountId, endpoint: this.endpoint });
  }
}

function encryptionOf(encryption: EncryptionArgs | undefined) {
  if (!encryption) return undefined;
  const { keySource = "Microsoft.KeyVault", ...key } = encryption;
  return keySource === "Microsoft.KeyVault" ? { keySource, keyVaultProperties: key } : { keySource };
}

function identityOf({ systemAssigned, userAssigned = [] }: OpenAiAccountArgs["identity"] = {}) {
  if (!systemAssigned && userAssigned.length === 0) return undefined;
  const { SystemAssigned, UserAssigned, SystemAssigned_UserAssigned } = cognitiveservices.ResourceIdentityType;
  if (userAssigned.length === 0) return { type: SystemAssigned };
  return { type: systemAssigned ? SystemAssigned_UserAssigned : UserAssigned, userAssignedIdentities: userAssigned };
}

/** In Azure's words; an IP rule is an object with the address as `value`. */
function networkRules(network: NetworkArgs | undefined) {
  if (!network?.networkAcls) return undefined;
  const { ipRules, virtualNetworkRules, ...rules } = network.networkAcls;
  return {
    ...rules,
    ipRules: ipRules.map((value) => ({ value })),
    virtualNetworkRules: virtualNetworkRules.map((id) => ({ id })),
  };
}

/** Read again: the account's own output is unknown in the preview of any change, even of a tag. */
function endpointOf(
  account: cognitiveservices.Account,
  resourceGroupName: string,
  accountName: string,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const ask = (): Promise<string> =>
    cognitiveservices
      .getAccount({ resourceGroupName, accountName }, { parent })
      .then(({ properties }) => openAiEndpoint(properties) ?? "")
      .catch((error: Error) => {
        // The run has failed elsewhere, which is reported, and the engine stops in the middle of this call: no second error of it.
        if (/connection is closing/.test(error.message)) return "";
        throw error;
      });
  return account.id.apply(() => explainFailure(ask(), `The endpoint of account ${accountName} can't be read`));
}
