import { print, UserError } from "../command";
import { logicalName } from "../stack-state";
import { exportStack, type Target } from "../target";
import { goBack, type OpenReplacement, openReplacements } from "./go-back";
import { importState } from "./import-state";

/**
 * `npm run recover -- --back`: what waits for its deletion, since a replacement has not come to its end, lives again.
 *
 * @throws UserError when nothing waits, or pulumi refuses the state
 */
export async function bringBack(target: Target): Promise<void> {
  const state = await exportStack(target);
  const open = openReplacements(state);
  if (open.length === 0) throw new UserError("nothing waits for its deletion: there is nothing to go back to.");
  await importState(target, goBack(state));
  for (const one of open) print(`  ${name(one)}: back to ${one.old.id}; ${one.living.id} goes with the next up`);
  print("Now run `pulumi up` with the settings and data that made what is back.");
}

/** Says, where there is one, that a replacement has not come to its end, and what the ways out are. */
export async function sayWhatIsOpen(target: Target): Promise<void> {
  for (const one of openReplacements(await exportStack(target))) {
    print(
      `  ${name(one)}: ${one.living.id} has taken the place of ${one.old.id}, which the next up deletes. ` +
        "To go back to the old one instead: npm run recover -- --back, then `pulumi up` with the settings and data that made it.",
    );
  }
}

function name({ living, urn }: OpenReplacement): string {
  return `${living.type} ${logicalName(urn)}`;
}
