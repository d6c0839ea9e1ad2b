import { quoted } from "../../format/quoted";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ACCOUNT_TYPE, DEPLOYMENT_TYPE } from "../../dynamic-providers/runtime/resource-types";
import { print } from "../command";
import { logicalName, type StackResource } from "../stack-state";
import { exportStack, type Target } from "../target";
import { readUpEvents, type EngineEvent } from "../up-events";
import { isAzureNative } from "./arm-id";
import { askScript } from "../ask-script";
import type { Planned } from "./planned";

/** A planned resource that exists already. */
export interface Existing {
  resource: Pick<StackResource, "urn" | "type">;
  /** ARM ID. */
  id: string;
}

/**
 * After a state of which only the beginning could be read: looks up what the program would create now under the names that it would use,
 * and prints what exists, with the commands that make the next `up` work. Nothing of it is added to the state: that a resource has the
 * right name doesn't prove that it is this stack's, and `destroy` would delete it.
 */
export async function reportUnlisted(target: Target): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "recover-"));
  try {
    const log = path.join(folder, "preview.jsonl");
    // Where it fails, what it planned until then is looked up.
    await target.pulumi(["preview", "--non-interactive", "--suppress-outputs", "--event-log", log], "capture");
    const planned = plannedCreates(readUpEvents(log));
    if (planned.length === 0) return;
    const question: Planned = { state: await exportStack(target), planned };
    const looked = await askScript<Existing[]>(path.join(__dirname, "find-planned.ts"), question, target.env);
    if (!looked?.answer) {
      return print(
        "Could not check for resources that exist in Azure but are missing from the stack's state; see the message above.",
      );
    }
    for (const line of unlistedLines(looked.answer)) print(line);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the program would create of Resource Manager's, with its inputs. */
export function plannedCreates(events: EngineEvent[]): StackResource[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const metadata = resourcePreEvent?.metadata;
    if (metadata?.op !== "create" || !isAzureNative(metadata)) return [];
    const { urn, type } = metadata;
    return [{ urn, type, inputs: metadata.new?.inputs }];
  });
}

/** What exists, and what to do about it, ready to be copied. */
export function unlistedLines(existing: Existing[]): string[] {
  if (existing.length === 0) return ["None of the resources that the next up would create exists in Azure yet."];
  const account = existing.find(({ resource }) => resource.type === ACCOUNT_TYPE);
  const listed = existing.map(({ resource, id }) => `  ${logicalName(resource.urn)}: ${id}`);
  const intro =
    "These resources already exist in Azure under names the next up would use, but no copy of the state contains them:";
  if (account) {
    return [
      intro,
      ...listed,
      "Do not delete the account if it belongs to this stack: that destroys its files, its job and the model you paid for. If you have an older copy of the state anywhere, put it " +
        "in place of the damaged one and run npm run recover again. Otherwise set `account.name` to another name. The next up " +
        "then trains again (you will be charged for it), and you have to delete the old account yourself.",
    ];
  }
  return [
    intro,
    ...listed,
    "If no other stack uses them, delete them, then run up. It recreates them and finds files, job and model by their content, so nothing is trained again.",
    ...existing.map(({ resource, id }) => `  ${deletion(resource.type, id)}`),
  ];
}

function deletion(type: string, id: string): string {
  const parts = /\/resourceGroups\/([^/]+)\/.*\/accounts\/([^/]+)\/deployments\/([^/]+)$/i.exec(id);
  if (type === DEPLOYMENT_TYPE && parts) {
    const [, group, account, name] = parts;
    return `az cognitiveservices account deployment delete --resource-group ${quoted(group!)} --name ${quoted(account!)} --deployment-name ${quoted(name!)}`;
  }
  return type.endsWith(":RoleAssignment")
    ? `az role assignment delete --ids ${quoted(id)}`
    : `az resource delete --ids ${quoted(id)}`;
}
