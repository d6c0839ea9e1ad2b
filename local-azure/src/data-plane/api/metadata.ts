import { asObject } from "../../http/request";
import { invalidPayload } from "./errors";

/** At most 16 pairs; keys up to 64 and values up to 512 characters. */
export function readMetadata(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined;
  const pairs = Object.entries(asObject(value) ?? {});
  const fits = pairs.every(([key, text]) => key.length <= 64 && typeof text === "string" && text.length <= 512);
  if (!asObject(value) || pairs.length > 16 || !fits) {
    throw invalidPayload(
      "metadata must have at most 16 string values of up to 512 characters, with keys of up to 64.",
      "metadata",
    );
  }
  return Object.fromEntries(pairs) as Record<string, string>;
}
