import { randomBytes } from "node:crypto";

/** An id as the service makes them: a prefix and letters and digits. */
export function newId(prefix: "chatcmpl-" | "call_"): string {
  return (
    prefix +
    randomBytes(22)
      .toString("base64url")
      .replace(/[-_]/g, "x")
      .slice(0, prefix === "call_" ? 24 : 29)
  );
}
