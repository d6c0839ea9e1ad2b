import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../project";

/** Name of the rehearsal's stack. */
export const rehearsalStack = "local";

/** Everything that the rehearsal keeps, git-ignored: delete the folder to begin anew. */
export const rehearsalFolder = path.join(projectFolder, ".local");

/** What lies where below `.local`. */
export const places = {
  /** State and certificates of local-azure. */
  service: path.join(rehearsalFolder, "azure"),
  /** Settings of local-azure, e.g. `{"trainingSeconds": 2}`; written by hand, if at all. */
  pace: path.join(rehearsalFolder, "local-azure.json"),
  /** Pulumi's state backend. */
  backend: path.join(rehearsalFolder, "pulumi-state"),
  /** PULUMI_HOME: plugins and workspace settings of the rehearsal alone. */
  pulumiHome: path.join(rehearsalFolder, "pulumi-home"),
  /** Passphrase that encrypts secrets in the state. */
  passphrase: path.join(rehearsalFolder, "passphrase"),
  /** Stack settings as Pulumi reads and writes them: Pulumi.local.yaml plus the salt of the passphrase. */
  stackSettings: path.join(rehearsalFolder, "stack"),
  /** Certificates to trust. */
  trust: path.join(rehearsalFolder, "trust"),
  /** What the last `up` did, as Pulumi's engine told it. */
  events: path.join(rehearsalFolder, "last-up.jsonl"),
} as const;

/** Makes the folders, and the passphrase at first use; only the owner may read them. */
export function prepareFolder(): void {
  mkdirSync(rehearsalFolder, { recursive: true, mode: 0o700 });
  for (const folder of [places.backend, places.pulumiHome, places.stackSettings, places.trust]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  if (existsSync(places.passphrase)) return;
  try {
    // `wx`: of two first commands at once, one writes and the other keeps what it wrote.
    writeFileSync(places.passphrase, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
