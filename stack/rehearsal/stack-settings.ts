import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "../command";
import { projectFolder } from "../project";
import { parseCommandLine } from "../pulumi-cli/flags";
import { replaceFile } from "../replace-file";
import { places, rehearsalStack } from "./folder";
import { rehearsed, saltLine, withoutSalt } from "./rehearsed-settings";
import { settingChanges, withChanges } from "./setting-changes";

/** Both files of a stack's settings. */
export interface SettingsFiles {
  /** In the checkout, under version control. */
  committed: string;
  /** Below `.local`, with the salt of this machine's passphrase: passed to pulumi as `--config-file`. */
  used: string;
}

/** @param stack - of the rehearsal, by its own name. Default: the rehearsal's own */
export function settingsFiles(stack: string = rehearsalStack): SettingsFiles {
  const file = `Pulumi.${stack}.yaml`;
  return { committed: path.join(projectFolder, file), used: path.join(places.stackSettings, file) };
}

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
export function withSettingsFile(args: string[], file: string): string[] {
  const { command = "", at, flags } = parseCommandLine(args);
  const takes = withSettings.has(command) && !flags.has("config-file");
  return takes ? [...args.slice(0, at + 1), "--config-file", file, ...args.slice(at + 1)] : args;
}

/**
 * Carries changes of the committed file into the one that pulumi sees; the salt stays out of the checkout.
 *
 * @returns the committed file as it was read, for `keepSettings`
 * @throws UserError when there is none
 */
export function readSettings({ committed, used }: SettingsFiles = settingsFiles()): string {
  const given = read(committed);
  if (given === undefined) throw new UserError(missing(path.basename(committed), committed));
  const salt = saltLine.exec(read(used) ?? "")?.[0] ?? "";
  replaceFile(used, joined(asUsed(given, committed), salt), 0o600);
  return given;
}

function missing(file: string, at: string): string {
  const stack = file.slice("Pulumi.".length, -".yaml".length);
  return stack === rehearsalStack
    ? `${at} is missing. Restore it: git checkout ${file}`
    : `${at} is missing. It contains the settings of the stack ${stack}. To rehearse a new stack, run: npm run local -- stack init ${stack}`;
}

/**
 * Carries what pulumi changed (`config set`, `up --config`) back into the committed file: those settings alone, so that comments and the
 * rest of the text stay. A file that somebody has saved in the meantime is left alone.
 *
 * @param given - the committed file as it was when the command began
 * @returns a message if the file was left alone; undefined otherwise
 */
export function keepSettings(given: string, { committed, used }: SettingsFiles = settingsFiles()): string | undefined {
  const now = read(committed);
  const before = asUsed(given, committed);
  const kept = withoutSalt(read(used) ?? before);
  if (kept === before) return undefined;
  const changes = settingChanges(before, kept);
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

/** The rehearsal's own file is of no other stack; a file of another name may be of one on Azure, too. */
function asUsed(given: string, committed: string): string {
  const file = path.basename(committed);
  return file === `Pulumi.${rehearsalStack}.yaml` ? withoutSalt(given) : rehearsed(given, file);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function joined(settings: string, salt: string): string {
  return (settings === "" || settings.endsWith("\n") ? settings : `${settings}\n`) + salt;
}
