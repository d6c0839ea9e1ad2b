import type { StackResource } from "../stack-state";
import type { Found } from "./lookup";

/** Whether the resource found at a lost resource's id is that resource, restored, or another one of the same name. */
export type Identity = { same: true } | { same: false; reason: string };

/**
 * An account is the same if it was created at the same time; a deployment, if it serves the same model. Role assignments have names
 * that only this program uses.
 *
 * That a restored account keeps its creation time is a guess: Azure documents only that it is "recovered".
 */
export function identityOf({ type, outputs, inputs }: StackResource, found: Found): Identity {
  if (type.endsWith(":Account")) return ofTimes(creationTimes(outputs), creationTimes(found.body));
  if (type.endsWith(":Deployment")) return ofModels(modelName(inputs) ?? modelName(outputs), modelName(found.body));
  return { same: true };
}

function ofTimes(before: string[], now: string[]): Identity {
  if (before.some((time) => now.some((other) => Date.parse(time) === Date.parse(other)))) return { same: true };
  if (before.length > 0 && now.length > 0) {
    return {
      same: false,
      reason: `is a different account with that name: created ${now[0]}, while the stack's was created ${before[0]}`,
    };
  }
  return { same: false, reason: "has no creation time, so it can't be determined whether it belongs to this stack" };
}

function ofModels(before: string | undefined, now: string | undefined): Identity {
  if (before === now) return { same: true };
  return {
    same: false,
    reason: `now serves ${now ?? "no model"}; the stack's deployment was serving ${before ?? "no model"}`,
  };
}

/** From its own properties, and from the metadata that Resource Manager keeps for every resource. */
function creationTimes(body: Record<string, unknown> = {}): string[] {
  const { properties, systemData } = body as {
    properties?: { dateCreated?: unknown };
    systemData?: { createdAt?: unknown };
  };
  return [properties?.dateCreated, systemData?.createdAt].filter((time) => typeof time === "string");
}

function modelName(body: Record<string, unknown> = {}): string | undefined {
  const { properties } = body as { properties?: { model?: { name?: unknown } } };
  const name = properties?.model?.name;
  return typeof name === "string" ? name : undefined;
}
