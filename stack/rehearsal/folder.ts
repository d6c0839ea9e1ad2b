import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../command";
import { projectFolder } from "../project";
import { isJson } from "../recovery/repair-attributes";

/** Name of the rehearsal's stack. */
export const rehearsalStack = "local";

/** The same with the folder of its project: another project may have a stack of that name. */
export const rehearsalPlace = { stack: rehearsalStack, folder: projectFolder };

/** Everything that the rehearsal keeps, git-ignored: delete the folder to start over. */
export const rehearsalFolder = path.join(projectFolder, ".local");

/** Where everything is below `.local`. */
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
  /** Events of the last `up`, as Pulumi's engine logged them. */
  events: path.join(rehearsalFolder, "last-up.jsonl"),
} as const;

/**
 * Creates the folders, and the passphrase on first use; only the owner can read them.
 *
 * @throws UserError when the passphrase is empty and a state needs it
 */
export function prepareFolder(): void {
  mkdirSync(rehearsalFolder, { recursive: true, mode: 0o700 });
  for (const folder of [places.backend, places.pulumiHome, places.stackSettings, places.trust])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  preparePassphrase(places.passphrase, places.backend);
  removeDamagedSettings(places.pulumiHome);
}

/** @param backend - folder of the state that it encrypts; while that is empty, a lost passphrase is recreated */
export function preparePassphrase(file: string, backend: string): void {
  if (existsSync(file)) {
    if (readFileSync(file, "utf8").trim() !== "") return;
    if (existsSync(path.join(backend, ".pulumi", "stacks"))) {
      throw new UserError(
        `${file} is empty (most likely after a full disk or a power outage), and the state was encrypted with its content. Restore it if you have a copy. ` +
          `Otherwise run \`rm -rf ${rehearsalFolder}\`: the rehearsal then starts over, and no Azure resource is affected.`,
      );
    }
    rmSync(file);
  }
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, randomBytes(24).toString("base64url"), { mode: 0o600 });
  try {
    // In one step: of two concurrent first commands, one decides and the other keeps that, and neither reads half of it.
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** What pulumi keeps for itself (who is logged in, the selected stack) is recreated; a half-written one would stop every command. */
export function removeDamagedSettings(pulumiHome: string): void {
  const folders = [pulumiHome, path.join(pulumiHome, "workspaces")].filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)));
  for (const file of files.filter((name) => name.endsWith(".json"))) if (!isJson(file)) rmSync(file, { force: true });
}
