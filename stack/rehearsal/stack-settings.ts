import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "../command";
import { projectFolder } from "../project";
import { replaceFile } from "../replace-file";
import { places, rehearsalStack } from "./folder";
import { settingChanges, withChanges } from "./setting-changes";

/** Settings of the rehearsal's stack plus the salt of this machine's passphrase: passed to pulumi as `--config-file`. */
export const settingsFile = path.join(places.stackSettings, `Pulumi.${rehearsalStack}.yaml`);

/** Both files of a stack's settings. */
export interface SettingsFiles {
  /** In the checkout, under version control. */
  committed: string;
  /** Below `.local`, with the salt. */
  used: string;
}
const rehearsalFiles: SettingsFiles = {
  committed: path.join(projectFolder, `Pulumi.${rehearsalStack}.yaml`),
  used: settingsFile,
};

const saltLine = /^encryptionsalt:.*\n?/m;

/** Commands that read or write stack settings; no other command takes `--config-file` (pulumi 3.230). */
const withSettings = new Set([
  "up",
  "update",
  "preview",
  "pre",
  "refresh",
  "destroy",
  "down",
  "import",
  "config",
  "watch",
]);

/** Arguments as given, with the settings file where the command takes one and the user named none. */
export function withSettingsFile(args: string[]): string[] {
  const at = args.findIndex((arg) => !arg.startsWith("-"));
  const takes = at >= 0 && withSettings.has(args[at]!) && !args.some((arg) => arg.startsWith("--config-file"));
  return takes ? [...args.slice(0, at + 1), "--config-file", settingsFile, ...args.slice(at + 1)] : args;
}

/**
 * Carries changes of the committed file into the one that pulumi sees; the salt stays out of the checkout.
 *
 * @returns the committed file as it was read, for `keepSettings`
 * @throws UserError when there is none
 */
export function readSettings({ committed, used }: SettingsFiles = rehearsalFiles): string {
  const given = read(committed);
  if (given === undefined)
    throw new UserError(`${committed} is missing. Restore it: git checkout ${path.basename(committed)}`);
  const salt = saltLine.exec(read(used) ?? "")?.[0] ?? "";
  replaceFile(used, joined(withoutSalt(given), salt), 0o600);
  return given;
}

/**
 * Carries what pulumi changed (`config set`, `up --config`) back into the committed file: those settings alone, so that comments and the
 * rest of the text stay. A file that somebody has saved in the meantime is left alone.
 *
 * @param given - the committed file as it was when the command began
 * @returns a message if the file was left alone; undefined otherwise
 */
export function keepSettings(given: string, { committed, used }: SettingsFiles = rehearsalFiles): string | undefined {
  const now = read(committed);
  const kept = withoutSalt(read(used) ?? given);
  if (kept === withoutSalt(given)) return undefined;
  const changes = settingChanges(given, kept);
  if (changes.length === 0) return undefined;
  const names = changes.map(({ path: names }) => names.join("."));
  if (now !== given) {
    return (
      `${path.basename(committed)} was ${now === undefined ? "removed" : "changed"} while the command ran, so it was left unchanged. ` +
      `Settings from the command that the file does not contain: ${names.join(", ")}. Run the command again, or add them to the file.`
    );
  }
  const file = realpathSync(committed);
  replaceFile(file, withChanges(given, changes), statSync(file).mode & 0o777);
  return undefined;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function withoutSalt(text: string): string {
  return text.replace(saltLine, "");
}

function joined(settings: string, salt: string): string {
  return (settings === "" || settings.endsWith("\n") ? settings : `${settings}\n`) + salt;
}
