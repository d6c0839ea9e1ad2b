import { asObject } from "../http/request";
import { invalidRequestContent } from "./errors";

/** Tags of a request body: names to texts. `undefined` and null mean none given. */
export function readTags(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined;
  const tags = asObject(value);
  const wrong = Object.entries(tags ?? {}).find(([, text]) => typeof text !== "string");
  if (!tags || wrong)
    throw invalidRequestContent(`tags must be an object of strings${wrong ? `; '${wrong[0]}' is not a string` : ""}.`);
  return tags as Record<string, string>;
}
