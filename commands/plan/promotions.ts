import { parseCommandLine } from "../../stack/pulumi-cli/flags";
import { UserError } from "../../stack/command";
import type { StoredRegister } from "../../stack/promotions/going-models";
import { whyNotDeleted } from "../../stack/promotions/why-not-deleted";
import type { Target } from "../../stack/target";
import type { Preview } from "../preview-summary/read-preview";
import type { Step } from "../preview-summary/steps";
import { VERSIONS_TYPE } from "../preview-summary/versions";
import { showsDestroy } from "./command-line";

/** How pulumi is run, and who asks other accounts. */
export interface Asking extends Pick<Target, "pulumi" | "env"> {
  /** Why models must not be deleted. Default: other accounts serve them. */
  whyNotDeleted?: typeof whyNotDeleted;
}

/**
 * Stops the destroy of a stack whose models other accounts serve, before pulumi lists what it would delete. Other command lines pass.
 *
 * @throws UserError with the versions, where they are served, and what to do
 */
export async function requireNotPromoted(args: string[], asking: Asking): Promise<void> {
  if (!showsDestroy(args, asking.env)) return;
  const why = await ask(args, asking);
  if (why !== undefined) throw new UserError(why);
}

/** A preview with what stops its `up` in the middle: it takes models out of the program that other accounts serve. */
export async function withPromotions(args: string[], preview: Preview, asking: Asking): Promise<Preview> {
  const registers = removedRegisters(preview.steps);
  // Of a destroy that shows what it deletes it has been asked.
  if (registers.length === 0 || preview.errors.length > 0 || showsDestroy(args, asking.env)) return preview;
  const why = await ask(args, asking, registers);
  return why === undefined ? preview : { ...preview, errors: [why] };
}

function ask(args: string[], asking: Asking, registers?: StoredRegister[]): Promise<string | undefined> {
  const { env, pulumi, whyNotDeleted: why = whyNotDeleted } = asking;
  const stack = parseCommandLine(args, env).flags.get("stack");
  const named = stack === undefined ? [] : ["--stack", stack];
  return why({ env, pulumi: (own, output) => pulumi([...own, ...named], output) }, registers);
}

/** Registers whose models go, also where a register is made anew in another account. */
function removedRegisters(steps: Step[]): StoredRegister[] {
  return steps
    .filter(({ type }) => type === VERSIONS_TYPE)
    .flatMap(({ operation, outputs, replaced }) => [...(operation === "delete" ? [outputs] : []), ...replaced]);
}
