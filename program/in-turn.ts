import * as pulumi from "@pulumi/pulumi";

/** What a program has written to one account so far. */
export interface EarlierWrites {
  /** The last one, which the next has to depend on; none before the first. */
  last: pulumi.Resource[];
  /** Names of what was written, as the program gave them. */
  names: string[];
}

/** By stack and account: a process may run the programs of several stacks (Pulumi's automation API). */
const writes = new WeakMap<object, Map<string, EarlierWrites>>();
/** Stands for the stack where there is none, as in a test with mocks. */
const noStack = {};

/**
 * What the next write to an account has to wait for: Azure refuses to write two deployments of one account at the same time (409
 * RequestConflict), and azure-native doesn't retry that.
 *
 * @param account - what tells the account from others in this program, e.g. resource group and name; case doesn't matter.
 */
export function earlierWrites(account: string): EarlierWrites {
  return ofStack().get(account.toLowerCase()) ?? { last: [], names: [] };
}

/**
 * Says that `resource` is the account's last write so far; it has to depend on the `last` of `earlierWrites`.
 *
 * @param name - of what it writes; undefined where that is gone when it has ended
 */
export function addWrite(account: string, name: string | undefined, resource: pulumi.Resource): void {
  const { names } = earlierWrites(account);
  ofStack().set(account.toLowerCase(), { last: [resource], names: name === undefined ? names : [...names, name] });
}

function ofStack(): Map<string, EarlierWrites> {
  const stack = pulumi.runtime.getStackResource() ?? noStack;
  const known = writes.get(stack) ?? new Map<string, EarlierWrites>();
  writes.set(stack, known);
  return known;
}
