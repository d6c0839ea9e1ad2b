import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { projectFolder } from "../project";
import { places, rehearsalStack } from "./folder";

/** Settings of the rehearsal's stack plus the salt of this machine's passphrase: what pulumi is given as `--config-file`. */
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

/** Carries changes of the committed file into the one that pulumi sees; the salt stays out of the checkout. */
export function readSettings({ committed, used }: SettingsFiles = rehearsalFiles): void {
  const salt = existsSync(used) ? (saltLine.exec(readFileSync(used, "utf8"))?.[0] ?? "") : "";
  replace(used, joined(withoutSalt(readFileSync(committed, "utf8")), salt));
}

/** Carries what pulumi changed (`config set`, `up --config`) back into the committed file. */
export function keepSettings({ committed, used }: SettingsFiles = rehearsalFiles): void {
  const settings = withoutSalt(readFileSync(used, "utf8"));
  if (!saySame(settings, readFileSync(committed, "utf8"))) replace(committed, settings);
}

/** Pulumi quotes numbers and booleans when it writes the salt: that is no change of a setting. */
function saySame(one: string, other: string): boolean {
  const canonical = (text: string) =>
    JSON.stringify(parse(text), (_key, value: unknown) => (isPlain(value) ? String(value) : value));
  return canonical(one) === canonical(withoutSalt(other));
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function withoutSalt(text: string): string {
  return text.replace(saltLine, "");
}

function joined(settings: string, salt: string): string {
  return (settings === "" || settings.endsWith("\n") ? settings : `${settings}\n`) + salt;
}

function replace(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}
