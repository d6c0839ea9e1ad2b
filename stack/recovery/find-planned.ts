import { readFileSync, writeFileSync } from "node:fs";
import { isUnknown } from "../../dynamic-providers/runtime/unknown";
import { runCommand } from "../command";
import { armAddress, subscriptionOf } from "./arm-id";
import { signIn } from "./lookup";
import type { Planned } from "./planned";
import type { Existing } from "./report-unlisted";

/**
 * Runs in its own process, which trusts the certificates that the target's cloud needs: reads a Planned (first argument), looks up what
 * exists, and writes a list of Existing (second argument).
 */
runCommand(async ([questionFile, answerFile]) => {
  const { state, planned } = JSON.parse(readFileSync(questionFile!, "utf8")) as Planned;
  const lookup = await signIn(state, process.env);
  const subscriptionId = subscriptionOf(state) ?? process.env.ARM_SUBSCRIPTION_ID ?? "";
  const existing: Existing[] = [];
  for (const { urn, type, inputs } of planned) {
    const address = armAddress({ urn, type, inputs: known(inputs) }, subscriptionId);
    const found = address && (await lookup(address));
    if (found) existing.push({ resource: { urn, type }, id: found.id });
  }
  writeFileSync(answerFile!, JSON.stringify(existing), { mode: 0o600 });
  return 0;
});

/** A name that only `up` will know can't be looked up. */
function known(inputs: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isUnknown(value)));
}
