import { sameName } from "../../format/same-name";
import { isLiving, type PendingOperation, type StackExport, type StackResource } from "../stack-state";

/** What was found out about one interrupted operation. */
export interface Finding {
  operation: PendingOperation;
  /** ARM ID of the resource that an interrupted create made; undefined: it doesn't exist, or isn't Resource Manager's. */
  foundId?: string;
  /** Its provisioning state if that is not a success: `Failed`, `Canceled`. */
  failedState?: string;
  /** Whether the state may be wrong about it: an interrupted update or delete may or may not have been carried out. */
  outdated?: boolean;
}

/**
 * The state without pending operations: a resource that an interrupted create had already made is added under its id;
 * every other operation is dropped, since the next `up` or `destroy` repeats it.
 */
export function resolvePending(state: StackExport, findings: Finding[]): StackExport {
  let resources = [...(state.deployment.resources ?? [])];
  // The engine lists the newest first, and the newest is the living one.
  for (const { operation, foundId } of findings.toReversed())
    if (foundId !== undefined) resources = withFound(resources, { ...operation.resource, id: foundId });
  return { ...state, deployment: { ...state.deployment, resources, pending_operations: [] } };
}

/**
 * The refreshed state, in which what was added has the inputs that the interrupted create has sent. A refresh has no earlier answer to compare with: it
 * takes all that the service answers for inputs (`currentCapacity` of a deployment), and the next `up` would write the resource again without them.
 *
 * @param before - with its pending operations; what it has under the found id was recorded by a later run, and stays as refreshed
 */
export function withSentInputs(refreshed: StackExport, before: StackExport, findings: Finding[]): StackExport {
  const known = before.deployment.resources ?? [];
  const added = findings.filter(({ operation, foundId }) => !known.some((one) => isFound(one, operation, foundId)));
  const resources = (refreshed.deployment.resources ?? []).map((resource) => {
    const created = added.find(({ operation, foundId }) => isFound(resource, operation, foundId));
    return created?.operation.resource.inputs ? { ...resource, inputs: created.operation.resource.inputs } : resource;
  });
  return { ...refreshed, deployment: { ...refreshed.deployment, resources } };
}

/** Whether it is the living resource that an operation has made. */
function isFound(resource: StackResource, { resource: { urn } }: PendingOperation, foundId: string | undefined) {
  return isLiving(resource) && resource.urn === urn && sameName(resource.id, foundId);
}

/**
 * The state in which resources found failed are marked with an error, as after a create that azure-native has seen fail: the next `up`
 * then tries again. Refreshing a resource clears the mark, so this comes after the refresh.
 */
export function markFailed(state: StackExport, findings: Finding[]): StackExport {
  const reasonOf = ({ urn, id }: StackResource) => {
    const found = findings.find(({ operation, foundId }) => operation.resource.urn === urn && foundId === id);
    return found?.failedState && `its creation was interrupted and ended in state ${found.failedState}`;
  };
  const resources = (state.deployment.resources ?? []).map((resource) => {
    const reason = isLiving(resource) ? reasonOf(resource) : undefined;
    return reason ? { ...resource, initErrors: [reason] } : resource;
  });
  return { ...state, deployment: { ...state.deployment, resources } };
}

/**
 * Adds the found resource, unless the state already has it. If it is a replacement, the old resource is there under the same URN: it is
 * marked as pending deletion (as the engine would have done), or dropped if it was already deleted.
 */
function withFound(resources: StackResource[], found: StackResource): StackResource[] {
  const isIt = ({ urn, id }: StackResource) => urn === found.urn && sameName(id, found.id);
  if (resources.some((resource) => isIt(resource) && isLiving(resource))) return resources;
  const others = resources
    .filter((resource) => !isIt(resource) && (resource.urn !== found.urn || !resource.pendingReplacement))
    .map((resource) => (resource.urn === found.urn ? { ...resource, delete: true } : resource));
  // A state lists dependencies before dependents. What the found resource depends on already precedes it, since its create waited for that;
  // a replacement may have dependents, which the interrupted run had not reached.
  const dependent = others.findIndex((resource) => dependsOn(resource, found.urn));
  return others.toSpliced(dependent === -1 ? others.length : dependent, 0, found);
}

function dependsOn(resource: StackResource, urn: string): boolean {
  const { dependencies = [], propertyDependencies = {}, parent, deletedWith } = resource;
  return [...dependencies, ...Object.values(propertyDependencies).flat(), parent, deletedWith].includes(urn);
}
