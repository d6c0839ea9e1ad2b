import { requireRoom } from "../deployment-preflight/require-room";
import type { Context } from "../runtime/context";
import type { Say } from "../runtime/say";
import { isUnknown } from "../runtime/unknown";
import { objectionsOf } from "./objections-of";
import type { FineTuningJobInputs } from "./schema";

type Wanted = Pick<FineTuningJobInputs, "accountId" | "accountPath" | "location" | "model" | "deployment">;

/** What a deployment has of a quota. */
export interface Size {
  sku: string;
  capacity: number;
}

/** Whether a deployment is to be of another type, or of more capacity. @param before - absent: there is none */
export function grows(before: Size | undefined, after: Size): boolean {
  return before?.sku !== after.sku || before.capacity < after.capacity;
}

/**
 * Whether there is room for every deployment that follows a job: the tuned model's, a temporary one that comes before it, and the base model's own.
 *
 * @param holds - what the stack's deployment has of it already, where it stays the same one
 * @throws Error with the figures and what to do
 */
export async function requireDeployments(
  context: Context,
  { accountId: given, accountPath, location, model, deployment }: Wanted,
  say: Say,
  holds?: Size,
): Promise<void> {
  if (!deployment) return;
  const accountId = isUnknown(given) && accountPath !== undefined ? accountPath : given;
  if (isUnknown(accountId)) return;
  const { baseModel, evaluation, ...tuned } = deployment;
  const where = { accountId, location, model };
  if (evaluation && !holds) await requireRoom(context, { ...evaluation, ...where, temporary: true }, say);
  await requireRoom(context, { ...tuned, ...where, holds }, say);
  if (!baseModel) return;
  const { name, ...wanted } = baseModel;
  await requireRoom(context, { ...wanted, ...where, base: true, takesPlaceOf: name }, say);
}

/** The same as what speaks against a run, at its preview: nothing where there is room, or where that can't be known. */
export async function deploymentObjections(
  context: Context,
  wanted: Wanted,
  say: Say,
  holds?: Size,
): Promise<string[]> {
  return objectionsOf(() => requireDeployments(context, wanted, say, holds));
}
