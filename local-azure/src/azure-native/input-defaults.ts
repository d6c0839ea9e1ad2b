import { randomBytes, randomUUID } from "node:crypto";
import type { AutoName, ResourceType } from "./resource-type";
import { isUnknown, UNKNOWN, unwrapped, type Properties, type Value } from "./values";

/** Kept with the inputs: the name of this resource was generated, so a replacement can be created before it is deleted. */
export const CREATE_BEFORE_DELETE = "__createBeforeDelete";

export interface DefaultSources {
  /** Last part of the URN. */
  logicalName: string;
  /** `azure-native:location`. */
  configuredLocation?: string;
  /** Location of a resource group; undefined when it can't be found out. */
  resourceGroupLocation: (name: string) => Promise<string | undefined>;
}

/** The program's inputs plus the name and location that it leaves out; what earlier inputs had is kept. */
export async function withDefaults(
  type: ResourceType,
  olds: Properties,
  news: Properties,
  sources: DefaultSources,
): Promise<Properties> {
  const inputs = { ...news };
  for (const [name, parameter] of Object.entries(type.pathParameters)) {
    if (!parameter.autoName || isGiven(inputs[name])) continue;
    inputs[name] = isGiven(olds[name]) ? olds[name]! : madeUpName(parameter.autoName, sources.logicalName);
    const wasRandom = isGiven(olds[name]) ? olds[CREATE_BEFORE_DELETE] : parameter.autoName !== "logical name";
    if (wasRandom === true) inputs[CREATE_BEFORE_DELETE] = true;
  }
  if (type.defaultLocation && !isGiven(inputs.location)) {
    const location = await defaultLocation(olds, inputs, sources);
    if (location !== undefined) inputs.location = location;
  }
  return inputs;
}

function isGiven(value: Value | undefined): boolean {
  return value !== undefined && unwrapped(value) !== null;
}

function madeUpName(way: AutoName, logicalName: string): string {
  if (way === "random UUID") return randomUUID();
  return way === "logical name" ? logicalName : logicalName + randomBytes(4).toString("hex");
}

async function defaultLocation(
  olds: Properties,
  inputs: Properties,
  { configuredLocation, resourceGroupLocation }: DefaultSources,
): Promise<Value | undefined> {
  if (isGiven(olds.location)) return olds.location;
  if (configuredLocation) return configuredLocation;
  if (!isGiven(inputs.resourceGroupName)) return undefined;
  const group = unwrapped(inputs.resourceGroupName!);
  if (isUnknown(group)) return UNKNOWN;
  return typeof group === "string" ? resourceGroupLocation(group) : undefined;
}
