import type { z } from "zod";
import { closeTo } from "../datasets/nearest";
import { isSetting, settingMeant } from "./suggestions";

type Issue = z.core.$ZodIssue;

/**
 * One sentence per wrong setting: its name, its value and what is expected.
 *
 * @param error - what the schema found; the messages of its issues are the phrases after "expected".
 * @param raw - the settings as they were given, for their values.
 * @param pulumi - how the reader runs pulumi.
 */
export function sentences(error: z.ZodError, raw: unknown, pulumi = "pulumi"): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) =>
        unknownSetting([...issue.path, key], issue.message, valueAt(raw, [...issue.path, key]), pulumi),
      );
    }
    return [problem(nameOf(issue.path), valueAt(raw, issue.path), issue.message, wordsOf(issue))];
  });
}

/**
 * `deploy.switch is "recrate"; expected blueGreen, recreate or inPlace. Did you mean recreate?`
 *
 * @param words - of which a misspelt value may be one.
 */
export function problem(name: string, value: unknown, expected: string, words: readonly string[] = []): string {
  if (value === undefined) return `${name} is missing; expected ${expected}.`;
  return `${name} is ${shown(value)}; expected ${expected}.${didYouMean(value, words)}`;
}

/** ` Did you mean recreate?`; empty where nothing is near. */
export function didYouMean(value: unknown, words: readonly string[]): string {
  const meant = typeof value === "string" ? closeTo(value, words) : undefined;
  return meant === undefined ? "" : ` Did you mean ${meant}?`;
}

function unknownSetting(path: PropertyKey[], settingsAre: string, value: unknown, pulumi: string): string {
  const name = nameOf(path);
  if (path.length === 1 && name.includes("."))
    return oneName(name, value, pulumi) ?? `${name} is not a setting; ${settingsAre}.`;
  const meant = settingMeant(path.filter((part) => typeof part === "string").join("."));
  // A hyperparameter of another method is no misspelling, and one that the method doesn't have is no help.
  const helps = meant !== undefined && (path[0] !== "hyperparameters" || settingsAre.includes(lastOf(meant)));
  return helps && meant !== name
    ? `${name} is not a setting. Did you mean ${meant}? To remove it, run \`${pulumi} config rm --path ${name}\`.`
    : `${name} is not a setting; ${settingsAre}.`;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** `config set deploy.capacity 3` without `--path` writes a setting whose name has a dot in it. */
function oneName(name: string, value: unknown, pulumi: string): string | undefined {
  const meant = isSetting(name) ? name : settingMeant(name);
  if (meant === undefined) return undefined;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const argument = /^[\w.:/-]+$/.test(text) ? text : "<value>";
  return (
    `"${name}" is not a setting: without --path, pulumi treats the dot as part of the name. ` +
    `Run \`${pulumi} config rm ${name}\`, then \`${pulumi} config set --path ${meant} ${argument}\`.`
  );
}

/** The words that an issue is about: of a choice, or of the words among other things. */
function wordsOf(issue: Issue): readonly string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union") return issue.errors.flat().flatMap(wordsOf);
  if (issue.code === "custom") return (issue.params?.["words"] as readonly string[] | undefined) ?? [];
  return [];
}

/** `roles.principals[0].id` */
function nameOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) => (typeof key === "number" ? `${name}[${key}]` : name ? `${name}.${String(key)}` : String(key)),
    "",
  );
}

function valueAt(raw: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], raw);
}

function shown(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}
