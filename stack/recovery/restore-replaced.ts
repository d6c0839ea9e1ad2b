import { ACCOUNT_TYPE } from "../../dynamic-providers/runtime/resource-types";
import { quoted } from "../../format/quoted";
import { stackChoices, type StackChoice } from "../choose-model";
import { print, UserError } from "../command";
import { isLiving, logicalName, type StackExport, type StackResource } from "../stack-state";
import { exportStack, recoverCommand, type Target } from "../target";
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
 * @param models - names of the models whose replacements are undone, where several have one
 * @throws UserError when no replacement is unfinished, it is not clear which one is meant, or pulumi refuses the state
 */
export async function restoreReplaced(target: Target, models: readonly string[] = []): Promise<void> {
  const state = await exportStack(target);
  const open = replacementsOf(state, models, (flags) => recoverCommand(target, "--back", ...flags));
  await importState(target, swapReplaced(state, open));
  for (const one of open) print(`  ${name(one)}: restored ${one.old.id}; the next up deletes ${one.living.id}`);
  print("Now run `pulumi up` with the settings and data that the restored resources were created with.");
}

/** Names each unfinished replacement, if any, and how to undo it. */
export async function printOpenReplacements(target: Target): Promise<void> {
  const state = await exportStack(target);
  const models = modelsOf(state, openReplacements(state));
  for (const one of openReplacements(state)) {
    const model = models.length > 1 ? modelsOf(state, [one]).flatMap(({ name }) => ["--model", quoted(name)]) : [];
    print(
      `  ${name(one)}: ${one.living.id} has replaced ${one.old.id}, which the next up deletes. ` +
        `To keep the old one instead: ${recoverCommand(target, "--back", ...model)}, then \`pulumi up\` with the settings and data that created it.`,
    );
  }
}

/**
 * The open replacements of some models. A replaced account takes all of them with it, since each deployment belongs to one account.
 *
 * @param command - the command that undoes some, for messages
 * @throws UserError when there are none, or those of several models and none is named
 */
export function replacementsOf(
  state: StackExport,
  models: readonly string[],
  command: (flags: string[]) => string,
): OpenReplacement[] {
  const open = openReplacements(state);
  if (open.length === 0) throw new UserError("no unfinished replacement found; nothing to undo.");
  const there = modelsOf(state, open);
  const unknown = models.find((model) => !there.some(({ name }) => name === model));
  if (unknown !== undefined) {
    const names = there.map((one) => one.name).join(", ") || "none";
    throw new UserError(`model "${unknown}" has no unfinished replacement; those that have one: ${names}.`);
  }
  if (open.some(({ living }) => living.type === ACCOUNT_TYPE)) {
    if (models.length === 0) return open;
    throw new UserError(
      `the account was replaced, and every deployment with it, so a model can't be restored on its own. To restore all: ${command([])}`,
    );
  }
  if (models.length === 0 && there.length > 1) {
    const lines = there.map(({ name }) => `  ${command(["--model", quoted(name)])}`);
    throw new UserError(
      `${there.length} models have an unfinished replacement: ${there.map((one) => one.name).join(", ")}. Choose which to undo; repeat --model to undo more than one:\n${lines.join("\n")}`,
    );
  }
  if (models.length === 0) return open;
  const chosen = there.filter(({ name }) => models.includes(name)).flatMap(({ components }) => components);
  return open.filter(({ living: { parent = "" } }) => chosen.includes(parent));
}

/** The models to which open replacements belong. */
function modelsOf(state: StackExport, open: OpenReplacement[]): StackChoice[] {
  const parents = new Set(open.map(({ living }) => living.parent));
  return stackChoices(state).filter(({ components }) => components.some((urn) => parents.has(urn)));
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
export function swapReplaced(state: StackExport, open = openReplacements(state)): StackExport {
  let resources = [...(state.deployment.resources ?? [])];
  for (const { old, living } of open) {
    const restored = Object.fromEntries(Object.entries(old).filter(([name]) => name !== "delete")) as typeof old;
    // Each takes the other's position, so dependents and dependencies stay in order.
    resources = resources.map((one) => (one === living ? restored : one === old ? { ...living, delete: true } : one));
  }
  return { ...state, deployment: { ...state.deployment, resources } };
}
