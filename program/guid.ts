import { createHash } from "node:crypto";

/** Namespace of the names that this project derives; any fixed GUID does. */
const namespace = "8d3f6a52-6a0e-4f0b-9c55-2f1f8f1d7c1e";

/**
 * GUID of a name, version 5 (RFC 9562, section 5.5): the same name always gives the same GUID.
 *
 * @param parts - what the name consists of; case counts.
 */
export function guidOf(...parts: string[]): string {
  const hash = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(parts.join("\n"));
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
