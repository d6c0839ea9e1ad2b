import type { PendingOperation, StackExport, StackResource } from "../stack-state";

/** What becomes of one interrupted operation. */
export interface Finding {
  operation: PendingOperation;
  /** ARM id under which the resource was found; absent: it isn't there, or it isn't Resource Manager's. */
  foundId?: string;
}

/**
 * The state without pending operations: a resource that a cut-off create had made already stands in it, under its id;
 * every other operation is dropped, since the next `up` or `destroy` does it again.
 */
export function mend(state: StackExport, findings: Finding[]): StackExport {
  let resources = [...(state.deployment.resources ?? [])];
  for (const { operation, foundId } of findings) {
    if (foundId !== undefined) resources = withFound(resources, { ...operation.resource, id: foundId });
  }
  return { ...state, deployment: { ...state.deployment, resources, pending_operations: [] } };
}

/**
 * Adds the found resource. Of a replacement the old one is in the state under the same URN: with another id it waits for
 * its deletion from now on (as the engine would have marked it), with the same id it is the same thing.
 */
function withFound(resources: StackResource[], found: StackResource): StackResource[] {
  const same = (a?: string, b?: string) => a?.toLowerCase() === b?.toLowerCase();
  const others = resources
    .filter((resource) => resource.urn !== found.urn || !same(resource.id, found.id))
    .map((resource) => (resource.urn === found.urn ? { ...resource, delete: true } : resource));
  // A state is in the order of dependence. What the found one depends on comes first by itself, since its create has waited for that;
  // of a replacement there may be dependents, which the cut-off run had not reached.
  const dependent = others.findIndex((resource) => dependsOn(resource, found.urn));
  return others.toSpliced(dependent === -1 ? others.length : dependent, 0, found);
}

function dependsOn(resource: StackResource, urn: string): boolean {
  const { dependencies = [], propertyDependencies = {}, parent, deletedWith } = resource;
  return [...dependencies, ...Object.values(propertyDependencies).flat(), parent, deletedWith].includes(urn);
}
