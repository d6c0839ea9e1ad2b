import { isLiving, type PendingOperation, type StackExport, type StackResource } from "../stack-state";

/** What becomes of one interrupted operation. */
export interface Finding {
  operation: PendingOperation;
  /** ARM id under which a cut-off create's resource was found; absent: it isn't there, or it isn't Resource Manager's. */
  foundId?: string;
  /** What it is in, when that is no good end: `Failed`, `Canceled`. */
  failedState?: string;
  /** Whether the state may be wrong about it: a cut-off update or delete was carried out, or was not. */
  outdated?: boolean;
}

/**
 * The state without pending operations: a resource that a cut-off create had made already stands in it, under its id;
 * every other operation is dropped, since the next `up` or `destroy` does it again.
 */
export function mend(state: StackExport, findings: Finding[]): StackExport {
  let resources = [...(state.deployment.resources ?? [])];
  // The engine lists the newest first, and the newest is what lives.
  for (const { operation, foundId } of findings.toReversed()) {
    if (foundId !== undefined) resources = withFound(resources, { ...operation.resource, id: foundId });
  }
  return { ...state, deployment: { ...state.deployment, resources, pending_operations: [] } };
}

/**
 * The state in which what was found failed bears an error, as after a create that azure-native has seen fail: the next `up` then puts
 * it once more. Reading a resource anew clears the mark, so this comes after that.
 */
export function markFailed(state: StackExport, findings: Finding[]): StackExport {
  const reasonOf = ({ urn, id }: StackResource) => {
    const found = findings.find(({ operation, foundId }) => operation.resource.urn === urn && foundId === id);
    return found?.failedState && `its create was cut off, and ended in the state ${found.failedState}`;
  };
  const resources = (state.deployment.resources ?? []).map((resource) => {
    const reason = isLiving(resource) ? reasonOf(resource) : undefined;
    return reason ? { ...resource, initErrors: [reason] } : resource;
  });
  return { ...state, deployment: { ...state.deployment, resources } };
}

/**
 * Adds the found resource, unless it is in the state already. Of a replacement the old one is there under the same URN: it waits for its
 * deletion from now on (as the engine would have marked it), or it was deleted before and goes.
 */
function withFound(resources: StackResource[], found: StackResource): StackResource[] {
  const isFound = ({ urn, id }: StackResource) => urn === found.urn && id?.toLowerCase() === found.id?.toLowerCase();
  if (resources.some((resource) => isFound(resource) && isLiving(resource))) return resources;
  const others = resources
    .filter((resource) => !isFound(resource) && (resource.urn !== found.urn || !resource.pendingReplacement))
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
