import { randomBytes } from "node:crypto";

/**
 * Ids of a response and of its items: a prefix and 48 hex digits, of which the first 8 are the second it was created in (as recorded ids
 * have it). Here the last two number the items, 0 being the response, so that an item names its response.
 */
export type Prefix = "resp" | "msg" | "fc" | "rs";

/** @param now - milliseconds since 1970 */
export function newResponseId(now: number): string {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, "0");
  return `resp_${seconds}${randomBytes(19).toString("hex")}00`;
}

export function itemId(prefix: Prefix, responseId: string, number: number): string {
  return `${prefix}_${responseId.slice("resp_".length, -2)}${number.toString(16).padStart(2, "0")}`;
}

/** The response that an item is of; undefined for what is no such id. */
export function responseOf(id: string): string | undefined {
  const [, digits] = /^(?:resp|msg|fc|rs)_([0-9a-f]{48})$/.exec(id) ?? [];
  return digits && `resp_${digits.slice(0, -2)}00`;
}

/** Milliseconds since 1970. */
export function createdAt(responseId: string): number {
  return Number.parseInt(responseId.slice("resp_".length, "resp_".length + 8), 16) * 1000;
}
