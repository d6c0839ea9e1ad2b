import * as pulumi from "@pulumi/pulumi";

/** The last write to each account, by stack: a process may run the programs of several stacks (Pulumi's automation API). */
const lastWrites = new WeakMap<object, Map<string, pulumi.Resource>>();
/** Stands for the stack where there is none, as in a test with mocks. */
const noStack = {};

/**
 * Puts the deployments of one account into a row: Azure refuses to write two at the same time (409 RequestConflict), and azure-native doesn't
 * retry that.
 *
 * @param account - what tells the account from others in this program, e.g. resource group and name; case doesn't matter.
 * @param write - makes the resource; it has to depend on `before`, the one made last. None for the first.
 */
export function writeInTurn<T extends pulumi.Resource>(account: string, write: (before: pulumi.Resource[]) => T): T {
  const stack = pulumi.runtime.getStackResource() ?? noStack;
  const writes = lastWrites.get(stack) ?? new Map<string, pulumi.Resource>();
  lastWrites.set(stack, writes);
  const key = account.toLowerCase();
  const last = writes.get(key);
  const made = write(last ? [last] : []);
  writes.set(key, made);
  return made;
}
