import { print, UserError } from "../command";
import { isLiving, logicalName, type StackExport, type StackResource } from "../stack-state";
import { exportStack, type Target } from "../target";
import { isAzureNative } from "./arm-id";
import { importState } from "./import-state";

/** A replacement whose new resource exists and whose old one is still pending deletion. */
export interface OpenReplacement {
  urn: string;
  old: StackResource;
  living: StackResource;
}

/**
 * `npm run recover -- --back`: undoes unfinished replacements. The old resources are kept, and the new ones become pending deletion.
 *
 * @throws UserError when no replacement is unfinished, or pulumi refuses the state
 */
export async function restoreReplaced(target: Target): Promise<void> {
  const state = await exportStack(target);
  const open = openReplacements(state);
  if (open.length === 0) throw new UserError("no unfinished replacement found; nothing to undo.");
  await importState(target, swapReplaced(state));
  for (const one of open) print(`  ${name(one)}: restored ${one.old.id}; the next up deletes ${one.living.id}`);
  print("Now run `pulumi up` with the settings and data of what was restored.");
}

/** Names each unfinished replacement, if any, and how to undo it. */
export async function printOpenReplacements(target: Target): Promise<void> {
  for (const one of openReplacements(await exportStack(target))) {
    print(
      `  ${name(one)}: ${one.living.id} has replaced ${one.old.id}, which the next up deletes. ` +
        "To keep the old one instead: npm run recover -- --back, then `pulumi up` with the settings and data that created it.",
    );
  }
}

function name({ living, urn }: OpenReplacement): string {
  return `${living.type} ${logicalName(urn)}`;
}

/**
 * What a run leaves open if it is interrupted after a replacement. The next run with the same program deletes the old resources. A program
 * that wants an old one back cannot recreate it: the resource pending deletion still has the name. Dynamic resources adopt what exists
 * and need no help.
 */
export function openReplacements({ deployment: { resources = [] } }: StackExport): OpenReplacement[] {
  return resources.filter(isAzureNative).flatMap((old) => {
    if (!old.delete || old.pendingReplacement) return [];
    const living = resources.find((resource) => resource.urn === old.urn && isLiving(resource));
    return living && living.id !== old.id ? [{ urn: old.urn, old, living }] : [];
  });
}

/** The state in which the old resources live again, and their replacements are pending deletion. */
export function swapReplaced(state: StackExport): StackExport {
  let resources = [...(state.deployment.resources ?? [])];
  for (const { old, living } of openReplacements(state)) {
    const restored = Object.fromEntries(Object.entries(old).filter(([name]) => name !== "delete")) as typeof old;
    // Each takes the other's position, so dependents and dependencies stay in order.
    resources = resources.map((one) => (one === living ? restored : one === old ? { ...living, delete: true } : one));
  }
  return { ...state, deployment: { ...state.deployment, resources } };
}
