import type { StackResource } from "../stack-state";
import type { Found } from "./lookup";

/** Whether what lies at a lost resource's id is that resource, restored, or one that has taken its name. */
export type Identity = { same: true } | { same: false; reason: string };

/**
 * An account is the same when it was created at the same time; a deployment, when it serves the same model. Role assignments have names
 * that only this program gives.
 *
 * That a restored account keeps its time of creation is a guess: Azure documents only that it is "recovered".
 */
export function identityOf({ type, outputs, inputs }: StackResource, found: Found): Identity {
  if (type.endsWith(":Account")) return ofTimes(creationTimes(outputs), creationTimes(found.body));
  if (type.endsWith(":Deployment")) return ofModels(modelName(inputs) ?? modelName(outputs), modelName(found.body));
  return { same: true };
}

function ofTimes(before: string[], now: string[]): Identity {
  if (before.some((time) => now.some((other) => Date.parse(time) === Date.parse(other)))) return { same: true };
  if (before.length > 0 && now.length > 0) {
    return { same: false, reason: `is another account of that name: created ${now[0]}, the stack's was ${before[0]}` };
  }
  return { same: false, reason: "has no time of creation, so whether it is the stack's can't be told" };
}

function ofModels(before: string | undefined, now: string | undefined): Identity {
  if (before === now) return { same: true };
  return { same: false, reason: `serves ${now ?? "no model"}, the stack's served ${before ?? "none"}` };
}

/** By its properties, and by what Resource Manager notes of every resource. */
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
