import { randomBytes } from "node:crypto";

/** `<prefix>-<32 hex>`, the form of every id of the data plane. */
export function newId(prefix: "file" | "upload" | "uplprt" | "ftjob"): string {
  return `${prefix}-${randomBytes(16).toString("hex")}`;
}
