import * as pulumi from "@pulumi/pulumi";

/**
 * What a stack puts beside its account: a content filter, a private endpoint, a diagnostic setting. Given to a component as part of its `access`,
 * it is there before the account is used, and outlasts what uses it.
 */
export abstract class AccountAddition extends pulumi.ComponentResource {}

/** Whether there are role assignments among them: one that this program has just made needs time; one that others manage is there or missing. */
export function managesRoles(access: readonly pulumi.Resource[] = []): boolean {
  return access.some((resource) => !(resource instanceof AccountAddition));
}

/** What else of the account must be there before a deployment is made. */
export function additionsOf(access: readonly pulumi.Resource[] = []): pulumi.Resource[] {
  return access.filter((resource) => resource instanceof AccountAddition);
}
