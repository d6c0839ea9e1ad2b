import { readFileSync, writeFileSync } from "node:fs";
import { systemClock } from "../../azure-openai/clock";
import { print, runCommand, UserError } from "../command";
import { logicalName, type PendingOperation, type StackExport, type StackResource } from "../stack-state";
import { type ArmAddress, armAddress, isAzureNative, subscriptionOf } from "./arm-id";
import { lookFor } from "./look-for";
import { type Found, type Lookup, signIn } from "./lookup";
import type { Finding } from "./mend";

/**
 * Runs in a process of its own, which trusts what the target's cloud needs: reads a stack export (first argument), looks up
 * what its interrupted operations have left, and writes the findings (second argument).
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
  // Dynamic resources find by themselves what they have made, changed or deleted.
  if (!lookup || !isAzureNative(resource)) {
    say(`${type} was interrupted; the next run looks for what it made before it does it again`);
    return { operation };
  }
  const expected = type === "deleting" ? "gone" : "there";
  const found = await lookFor(lookup, addressOf(resource, state), { clock: systemClock, say, expected });
  if (type === "creating") {
    const failedState = found && failed(found);
    const end = failedState ? `, but ended in the state ${failedState}; the next up tries again` : "";
    say(found ? `was made already (${found.id})${end}` : "had not been made yet");
    return { operation, foundId: found?.id, failedState };
  }
  say(`${type} was cut off; it ${found ? "is there" : "is gone"}, and is read anew`);
  return { operation, outdated: true };
}

/** At rest, but not as it should be. */
function failed({ provisioningState = "Succeeded" }: Found): string | undefined {
  return /^(failed|canceled)$/i.test(provisioningState) ? provisioningState : undefined;
}

function addressOf(resource: StackResource, state: StackExport): ArmAddress {
  const subscriptionId = subscriptionOf(state) ?? process.env.ARM_SUBSCRIPTION_ID;
  if (!subscriptionId)
    throw new UserError("which subscription? Set ARM_SUBSCRIPTION_ID and run the same command again.");
  const address = armAddress(resource, subscriptionId);
  if (address) return address;
  throw new UserError(
    `${resource.type} is none of the types whose ids this command can tell. Look in the Azure portal whether it is there; ` +
      `if it is, run: pulumi import ${resource.type} ${logicalName(resource.urn)} <its ARM id>`,
  );
}
