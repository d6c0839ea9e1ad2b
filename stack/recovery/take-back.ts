import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { isLiving, type StackExport, type StackResource } from "../stack-state";
import { isAzureNative } from "./arm-id";

/** A resource of Resource Manager that an earlier state had and this one lacks, with that state. */
export interface Lost {
  resource: StackResource;
  /** All resources of that earlier state. */
  among: StackResource[];
}

/**
 * What the state has lost: for each URN that is not living in it, the newest entry of the earlier states. What is pending deletion in the
 * state is not lost: a living copy beside it would be deleted with it.
 */
export function lostResources(state: StackExport, earlier: StackResource[][]): Lost[] {
  const resources = state.deployment.resources ?? [];
  const seen = new Set(resources.filter(isLiving).map(({ urn }) => urn));
  const ids = new Set(resources.map(({ id }) => id?.toLowerCase()));
  return earlier.flatMap((among) =>
    among.flatMap((resource) => {
      if (!isAzureNative(resource) || !isLiving(resource) || !resource.id || seen.has(resource.urn)) return [];
      seen.add(resource.urn);
      return ids.has(resource.id.toLowerCase()) ? [] : [{ resource, among }];
    }),
  );
}

/**
 * The state with the lost resources added back as they were, with the components and the provider that they need and the account's
 * AccountPurge, which must be deleted after it. Dynamic resources are not added back: the next `up` finds files and job by their
 * content, and reading them would need roles that a deleted account has lost.
 */
export function takeBack(state: StackExport, lost: Lost[]): StackExport {
  const resources = [...(state.deployment.resources ?? [])];
  const living = (urn: string | undefined) => resources.find((resource) => resource.urn === urn && isLiving(resource));
  const taken = new Set(lost.map(({ resource }) => resource.urn));

  function add({ resource, among }: Lost): void {
    if (living(resource.urn)) return;
    const bring = (urn: string | undefined): boolean => {
      const entry = among.find((other) => other.urn === urn && isLiving(other));
      if (entry && !living(urn) && (taken.has(entry.urn) || isSupport(entry))) add({ resource: entry, among });
      return living(urn) !== undefined;
    };
    const { parent, provider, deletedWith, dependencies = [], propertyDependencies = {} } = resource;
    bring(parent);
    const providerUrn = provider?.slice(0, provider.lastIndexOf("::"));
    bring(providerUrn);
    const present = Object.entries(propertyDependencies).map(([name, urns]) => [name, urns.filter(bring)]);
    const entry: StackResource = {
      ...resource,
      dependencies: dependencies.filter(bring),
      propertyDependencies: Object.fromEntries(present) as Record<string, string[]>,
      // The current provider has another id if it was deleted with the rest.
      ...(provider && { provider: `${providerUrn}::${living(providerUrn)?.id}` }),
      ...(deletedWith && { deletedWith: bring(deletedWith) ? deletedWith : undefined }),
    };
    resources.push(entry);
  }

  for (const one of lost) add(one);
  return { ...state, deployment: { ...state.deployment, resources } };
}

/** Costs nothing and has no remote counterpart. */
function isSupport({ type, custom }: StackResource): boolean {
  return custom !== true || type.startsWith("pulumi:providers:") || type === finetuneType("AccountPurge");
}
