import { invalidPayload } from "../api/errors";

/** Purposes that callers may give a file; the others belong to files that the service writes. */
const purposes = ["fine-tune", "assistants", "batch", "evals"];

export function readPurpose(value: unknown): string {
  if (typeof value !== "string" || !purposes.includes(value))
    throw invalidPayload(`purpose is ${JSON.stringify(value)}; it must be one of ${purposes.join(", ")}.`, "purpose");
  return value;
}
