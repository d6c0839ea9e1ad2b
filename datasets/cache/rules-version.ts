import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

let version: string | undefined;

/**
 * Version of everything that a result depends on besides file and options: a hash of this folder's sources, so that nobody can forget
 * to raise it (some 5 ms, once per process).
 */
export function rulesVersion(): string {
  if (version) return version;
  const root = path.join(__dirname, "..");
  const hash = createHash("sha256");
  for (const name of readdirSync(root, { recursive: true, encoding: "utf8" }).sort())
    if (/\.(ts|js|json|wasm)$/.test(name)) hash.update(name).update(readFileSync(path.join(root, name)));
  return (version = hash.digest("hex").slice(0, 16));
}
