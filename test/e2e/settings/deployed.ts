import path from "node:path";
import type { Settings } from "local-azure/world/settings";
import { resourcesOfType } from "../../../stack/stack-state";
import { pace } from "../../crash/reference";
import { Checkout } from "../checkout";
import { offer, preparedStack } from "../prepared-stack";

/**
 * A checkout whose stack is deployed, as fast as it can be: a copy of the one that another file has deployed, if there is one.
 *
 * @param settings - over those of Pulumi.local.yaml, from the next command on: the stack was deployed without them
 * @param service - settings of the rehearsal service that differ
 */
export async function deployed(
  settings: Record<string, unknown> = {},
  service: Partial<Settings> = {},
): Promise<Checkout> {
  const prepared = preparedStack();
  const checkout = await Checkout.open({ ...pace, ...service }, prepared);
  if (prepared === undefined) {
    await applySettings(checkout);
    await offer(path.join(checkout.folder, ".local"), checkout.cloud.endpoint);
  }
  checkout.configure(settings);
  return checkout;
}

/** Runs an `up`, after which the stack has the settings of its file. */
export async function applySettings(checkout: Checkout): Promise<void> {
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
  if (code !== 0) throw new Error(output);
}

/** Adds an example to the training file; returns the way back. */
export function addExample(checkout: Checkout): () => void {
  const file = "data/training_set.jsonl";
  const before = checkout.read(file);
  const messages = [
    { role: "user", content: "What is early stopping?" },
    { role: "assistant", content: "Early stopping ends a training when the validation loss no longer falls." },
  ];
  checkout.write(file, `${before.trimEnd()}\n${JSON.stringify({ messages })}\n`);
  return () => checkout.write(file, before);
}

/** Name of the stack's account. */
export async function accountName(checkout: Checkout): Promise<string> {
  const [account] = resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Account");
  return (account!.inputs as { accountName: string }).accountName;
}
