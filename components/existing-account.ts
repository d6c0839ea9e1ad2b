import * as pulumi from "@pulumi/pulumi";
import { accountId } from "../azure-openai/account-reference";
import { ExistingAccount as ExistingAccountResource } from "../dynamic-providers/existing-account/resource";
import { ACCOUNT_COMPONENT, finetuneType } from "../dynamic-providers/runtime/resource-types";
import { findAccount, type AccountLookup } from "../program/existing-account";
import type { Reach } from "../program/reachable-from";
import type { AccountReference } from "./openai-account";

export interface ExistingAccountArgs extends Omit<AccountLookup, "subscriptionId"> {
  subscriptionId: string;
  /** Whether the program assigns roles on it (RoleAssignments). @default false: whoever runs it has them already */
  rolesManaged?: boolean;
  /** Whether the program reads its keys (AccountKeys). @default false */
  readsKeys?: boolean;
}

/**
 * An Azure OpenAI or Foundry account that is there: looked up, never created, changed, purged or deleted. What uses it shares it with others,
 * whose files, jobs and deployments are left alone.
 *
 * @example
 * ```ts
 * const account = await ExistingAccount.find("openai", {
 *   subscriptionId, resourceGroupName: "shared-ai", accountName: "contoso-openai",
 * });
 * const tutor = new FineTunedModel("tutor", { account, model: "gpt-4.1-mini-2025-04-14", dataset: { training: "data/tutor.jsonl" } });
 * ```
 */
export class ExistingAccount extends pulumi.ComponentResource implements AccountReference {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly accountName: string;
  readonly path: string;
  readonly accountId: pulumi.Output<string>;
  readonly existing = true;
  /** `OpenAI` or `AIServices`. */
  readonly kind: string;
  /** From where its data plane is reached. */
  readonly reach: Reach;
  /** Address of the data plane, for people and clients; resources go by the id. */
  readonly endpoint: pulumi.Output<string>;

  /**
   * Looks the account up and uses it.
   *
   * @throws pulumi.RunError where it is not there, can't be read, or doesn't fit what is asked for: what is wrong, and what to do
   */
  static async find(
    name: string,
    args: ExistingAccountArgs,
    opts?: pulumi.ComponentResourceOptions,
  ): Promise<ExistingAccount> {
    return new ExistingAccount(name, args, await findAccount(args), opts);
  }

  /** @param found - the account as `findAccount` has read it */
  constructor(
    name: string,
    args: ExistingAccountArgs,
    found: Awaited<ReturnType<typeof findAccount>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(ACCOUNT_COMPONENT, name, {}, opts);
    const { subscriptionId, resourceGroupName, accountName, rolesManaged = false, readsKeys = false } = args;
    const { location, kind, sku, properties } = found;
    const path = accountId(args);
    const account = new ExistingAccountResource(
      `${name}-existing`,
      {
        ...{ accountId: path, subscriptionId, resourceGroupName, accountName, location, kind, sku, properties },
        ...{ rolesManaged, readsKeys },
      },
      { parent: this, aliases: [{ name: `${name}-purge`, type: finetuneType("AccountPurge") }] },
    );
    this.subscriptionId = subscriptionId;
    this.resourceGroupName = resourceGroupName;
    this.accountName = accountName;
    this.location = location;
    this.kind = kind;
    this.path = path;
    this.reach = properties;
    this.accountId = account.accountId;
    this.endpoint = pulumi.output(properties.endpoint ?? "");
    this.registerOutputs({ accountId: this.accountId, endpoint: this.endpoint });
  }
}
