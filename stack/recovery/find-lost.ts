import { readFileSync, writeFileSync } from "node:fs";
import { systemClock } from "../../azure-openai/clock";
import { print, runCommand } from "../command";
import { isLiving, logicalName, type StackExport, type StackResource } from "../stack-state";
import { armAddress, isAzureNative, subscriptionOf } from "./arm-id";
import { awaitSettled } from "./await-settled";
import { type Found, signIn } from "./lookup";
import { identityOf } from "./same-resource";
import type { Lost } from "./take-back";

/** What Resource Manager is asked about: the state, and what earlier states had in addition. */
export interface Question {
  state: StackExport;
  lost: Lost[];
}

/** URNs of what exists again, and of what the state lists but is gone. */
export interface Answer {
  restored: string[];
  gone: string[];
}

/**
 * Runs in its own process, which trusts the certificates that the target's cloud needs: reads a Question (first argument), looks up what
 * exists, and writes the Answer (second argument).
 */
runCommand(async ([questionFile, answerFile]) => {
  const { state, lost } = JSON.parse(readFileSync(questionFile!, "utf8")) as Question;
  const answer: Answer = { restored: [], gone: [] };
  const everything: StackExport = {
    deployment: { resources: [...(state.deployment.resources ?? []), ...lost.flatMap(({ among }) => among)] },
  };
  const lookup = await signIn(everything, process.env);
  const subscriptionId = subscriptionOf(everything) ?? "";
  const say = (resource: StackResource, line: string) =>
    print(`  ${resource.type} ${logicalName(resource.urn)}: ${line}`);

  const look = async (resource: StackResource, expected: "there" | "gone"): Promise<Found | undefined> => {
    const address = armAddress(resource, subscriptionId);
    if (!address) return undefined;
    const id = resource.id ?? address.id;
    return awaitSettled(
      lookup,
      { ...address, id },
      { clock: systemClock, say: (line) => say(resource, line), expected },
    );
  };

  // Accounts first: the contents of an account that is not the stack's are not the stack's either.
  const isAccount = ({ type }: StackResource) => type.endsWith(":Account");
  const foreign: string[] = [];
  const check = async ({ resource }: Lost) => {
    const found = await look(resource, "gone");
    if (!found) return;
    const identity = identityOf(resource, found);
    if (!identity.same) {
      if (isAccount(resource)) foreign.push(`${found.id.toLowerCase()}/`);
      return say(resource, `${found.id} ${identity.reason}. It was left unchanged.`);
    }
    answer.restored.push(resource.urn);
    say(resource, `exists (${found.id}); adding it back to the state`);
  };
  for (const one of lost.filter(({ resource }) => isAccount(resource))) await check(one);
  const inside = ({ resource }: Lost) => foreign.some((account) => resource.id!.toLowerCase().startsWith(account));
  await Promise.all(lost.filter((one) => !isAccount(one.resource) && !inside(one)).map(check));

  const living = (state.deployment.resources ?? []).filter((one) => isAzureNative(one) && isLiving(one) && one.id);
  const gone = await Promise.all(living.map(async (one) => ((await look(one, "there")) ? [] : [one])));
  for (const resource of gone.flat().filter((one) => armAddress(one, subscriptionId))) {
    answer.gone.push(resource.urn);
    say(resource, `is listed in the state, but no longer exists (${resource.id})`);
  }
  writeFileSync(answerFile!, JSON.stringify(answer), { mode: 0o600 });
  return 0;
});
