/** One resource of an exported stack, with the fields that the commands read. */
export interface StackResource {
  urn: string;
  type: string;
  custom?: boolean;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  /** `urn::id` of the provider. */
  provider?: string;
  parent?: string;
  /** URNs of what it depends on. */
  dependencies?: string[];
  /** The same, by the input that the dependence comes from. */
  propertyDependencies?: Record<string, string[]>;
  /** URN of the resource whose deletion deletes it too. */
  deletedWith?: string;
  /** Already replaced; pending deletion. */
  delete?: boolean;
  /** Already deleted, to make room for its replacement. */
  pendingReplacement?: boolean;
  /** What went wrong in a create that still made the resource. */
  initErrors?: string[];
}

/** An operation that was running when its pulumi died. */
export interface PendingOperation {
  resource: StackResource;
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
}

/** Neither deleted nor pending deletion. */
export function isLiving(resource: StackResource): boolean {
  return !resource.delete && !resource.pendingReplacement;
}

/** What `pulumi stack export` prints; members that aren't named here pass through untouched. */
export interface StackExport {
  deployment: { resources?: StackResource[]; pending_operations?: PendingOperation[] };
}

/** Living resources (not those pending deletion) of one type, or of those that a test picks. */
export function resourcesOfType(state: StackExport, type: string | ((type: string) => boolean)): StackResource[] {
  const fits = typeof type === "string" ? (one: string) => one === type : type;
  return (state.deployment.resources ?? []).filter((resource) => fits(resource.type) && !resource.delete);
}

/** The logical name: the last part of the URN. */
export function logicalName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Type of a resource by its URN (`urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`); empty for what is no URN. */
export function typeIn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
