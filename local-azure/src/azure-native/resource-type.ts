import type { ObjectShape, TextShape } from "./shape";

/** How a name is generated where the program gives none (azure-native's three ways). */
export type AutoName = "logical name and 8 hex digits" | "logical name" | "random UUID";

/** A segment of the ARM path that the program names; another value always needs another resource. */
export interface PathParameter extends TextShape {
  autoName?: AutoName;
}

/** All that the generic operations know about a type of resource. */
export interface ResourceType {
  /** `azure-native:<module>:<Type>`. */
  token: string;
  /** The one that the azure-native SDK of this version documents for the type. */
  apiVersion: string;
  /** ARM path with `{parameter}`s; `{subscriptionId}` comes from the provider's configuration. */
  path: string;
  pathParameters: Record<string, PathParameter>;
  /** ARM's resource body. */
  body: ObjectShape;
  /** Whether the resource group's location is taken when the program gives none. */
  defaultLocation: boolean;
  /** Operations that the specification marks as long-running; the others are polled on a 202 only. */
  longRunning: { put: boolean; delete: boolean };
}
