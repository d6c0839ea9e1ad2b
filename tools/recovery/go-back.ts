import { isLiving, type StackExport, type StackResource } from "../stack-state";
import { isAzureNative } from "./arm-id";

/** A replacement whose new resource is there, and whose old one still waits for its deletion. */
export interface OpenReplacement {
  urn: string;
  old: StackResource;
  living: StackResource;
}

/**
 * What a run that broke off after a replacement leaves open. The next run with the same program deletes the old ones. A program that wants
 * an old one back can't have it that way: its create finds the name taken, by what waits for its deletion. Dynamic resources take up
 * by themselves what is there.
 */
export function openReplacements({ deployment: { resources = [] } }: StackExport): OpenReplacement[] {
  return resources.filter(isAzureNative).flatMap((old) => {
    if (!old.delete || old.pendingReplacement) return [];
    const living = resources.find((resource) => resource.urn === old.urn && isLiving(resource));
    return living && living.id !== old.id ? [{ urn: old.urn, old, living }] : [];
  });
}

/** The state in which the old ones live again, and what has replaced them waits for its deletion. */
export function goBack(state: StackExport): StackExport {
  let resources = [...(state.deployment.resources ?? [])];
  for (const { old, living } of openReplacements(state)) {
    const restored = Object.fromEntries(Object.entries(old).filter(([name]) => name !== "delete")) as typeof old;
    // In each other's place: what depends on them, and what they depend on, stays in order.
    resources = resources.map((one) => (one === living ? restored : one === old ? { ...living, delete: true } : one));
  }
  return { ...state, deployment: { ...state.deployment, resources } };
}
