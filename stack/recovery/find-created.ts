import { readFileSync, writeFileSync } from "node:fs";
import { systemClock } from "../../azure-openai/clock";
import { print, runCommand, UserError } from "../command";
import { logicalName, type PendingOperation, type StackExport, type StackResource } from "../stack-state";
import { type ArmAddress, armAddress, isAzureNative, subscriptionOf } from "./arm-id";
import { awaitSettled } from "./await-settled";
import { type Found, type Lookup, signIn } from "./lookup";
import type { Finding } from "./resolve-pending";

/**
 * Runs in its own process, which trusts the certificates that the target's cloud needs: reads a stack export (first argument), looks up
 * the results of its interrupted operations, and writes the findings (second argument).
 */
runCommand(async ([exportFile, findingsFile]) => {
  const state = JSON.parse(readFileSync(exportFile!, "utf8")) as StackExport;
  const operations = state.deployment.pending_operations ?? [];
  const lookup = operations.some(({ resource }) => isAzureNative(resource))
    ? await signIn(state, process.env)
    : undefined;
  const findings = await Promise.all(operations.map((operation) => find(operation, state, lookup)));
  writeFileSync(findingsFile!, JSON.stringify(findings), { mode: 0o600 });
  return 0;
});

async function find(operation: PendingOperation, state: StackExport, lookup: Lookup | undefined): Promise<Finding> {
  const { resource, type } = operation;
  const say = (line: string) => print(`  ${resource.type} ${logicalName(resource.urn)}: ${line}`);
  // Dynamic resources find what they have created, changed or deleted on their own.
  if (!lookup || !isAzureNative(resource)) {
    say(`${type} was interrupted; the next run looks for its result before repeating it`);
    return { operation };
  }
  const expected = type === "deleting" ? "gone" : "there";
  const found = await awaitSettled(lookup, addressOf(resource, state), { clock: systemClock, say, expected });
  if (type === "creating") {
    const failedState = found && failed(found);
    const end = failedState ? `, but ended in state ${failedState}; the next up tries again` : "";
    say(found ? `was already created (${found.id})${end}` : "had not been created yet");
    return { operation, foundId: found?.id, failedState };
  }
  say(`${type} was interrupted; it ${found ? "exists" : "no longer exists"}; refreshing it`);
  return { operation, outdated: true };
}

/** Settled, but not successfully. */
function failed({ provisioningState = "Succeeded" }: Found): string | undefined {
  return /^(failed|canceled)$/i.test(provisioningState) ? provisioningState : undefined;
}

function addressOf(resource: StackResource, state: StackExport): ArmAddress {
  const subscriptionId = subscriptionOf(state) ?? process.env.ARM_SUBSCRIPTION_ID;
  if (!subscriptionId)
    throw new UserError("the subscription is unknown. Set ARM_SUBSCRIPTION_ID and run the same command again.");
  const address = armAddress(resource, subscriptionId);
  if (address) return address;
  throw new UserError(
    `this command cannot derive the ID of a ${resource.type}. Check in the Azure portal whether ${logicalName(resource.urn)} exists; ` +
      `if it does, run: pulumi import ${resource.type} ${logicalName(resource.urn)} <its ARM ID>`,
  );
}
