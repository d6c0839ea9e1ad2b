import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { sameName } from "../format/same-name";
import { rolesByName } from "../catalog";
import { transformed } from "../program/transforms";
import { guidOf } from "../program/guid";
import type { Principal, RoleHolders } from "../program/signed-in";
import type { AccountReference } from "./openai-account";

export type { Principal } from "../program/signed-in";

export interface RoleAssignmentsArgs extends RoleHolders {
  /**
   * Where an OpenAiAccount makes it, also what is assigned on the subscription comes after it and goes before it: where the account is
   * somebody else's already, that is said first, and nothing else is left half-made.
   */
  account: Pick<AccountReference, "subscriptionId" | "accountId" | "path" | "project">;
  /** Stack that the assignments belong to; part of their names. @default Pulumi's stack */
  stack?: string;
  /** Whether Cognitive Services Usages Reader is assigned on the subscription. @default true */
  usagesReader?: boolean;
}

/** Roles on the account, by the name of their resource. */
const accountRoles = {
  "openai-contributor": rolesByName["Cognitive Services OpenAI Contributor"],
  "openai-user": rolesByName["Cognitive Services OpenAI User"],
  "cognitive-services-contributor": rolesByName["Cognitive Services Contributor"],
};
/** What calls of a project's own address take (rbac-foundry.md, 2026-04), by the name of its resource. */
const projectRoles = { "foundry-user": rolesByName["Foundry User"] };
const usagesReader = rolesByName["Cognitive Services Usages Reader"];

/**
 * The roles that training and using the model take: three on the account, a fourth where the stack has a project in it,
 * and reading the quota on the subscription.
 *
 * @example
 * ```ts
 * const roles = new RoleAssignments("roles", { account, ...(await roleHolders([])) }); // whoever deploys first
 * ```
 */
export class RoleAssignments extends pulumi.ComponentResource {
  constructor(name: string, args: RoleAssignmentsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("finetune:index:RoleAssignments", name, {}, opts);
    const { account } = args;
    const subscription = `/subscriptions/${account.subscriptionId}`;

    for (const principal of args.principals) {
      const onAccount = account.project === undefined ? accountRoles : { ...accountRoles, ...projectRoles };
      for (const [role, definition] of Object.entries(onAccount))
        this.assign(`${name}-${role}`, definition, principal, args, account.accountId, account.path);
      if (args.usagesReader ?? true)
        this.assign(`${name}-usages-reader`, usagesReader, principal, args, subscription, subscription);
    }
    this.registerOutputs();
  }

  /** `path` is the scope by its name: known at every preview, so that the assignment's name is too. */
  private assign(
    name: string,
    role: string,
    principal: Principal,
    { account, stack = pulumi.getStack(), defaulted, current }: RoleAssignmentsArgs,
    scope: pulumi.Input<string>,
    path: string,
  ) {
    const ownName = `${name}-${principal.id.slice(0, 8)}`;
    const isCurrent = sameName(principal.id, current);
    new authorization.RoleAssignment(
      defaulted ? name : ownName,
      transformed("roleAssignment", defaulted ? name : ownName, {
        roleAssignmentName: guidOf(path.toLowerCase(), role, principal.id.toLowerCase(), stack),
        scope,
        roleDefinitionId: `/subscriptions/${account.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
        principalId: principal.id,
        principalType: principal.type,
      }),
      {
        parent: this,
        dependsOn: pulumi.Resource.isInstance(account) ? account : undefined,
        aliases: isCurrent ? [{ name: defaulted ? ownName : name }] : undefined,
        ignoreChanges: defaulted ? ["principalId", "principalType", "roleAssignmentName"] : undefined,
      },
    );
  }
}
