import type { z } from "zod";

/**
 * One sentence per wrong setting: its name, its value and what is allowed.
 *
 * @param error - what the schema found; the messages of its issues are the phrases after "allowed is".
 * @param raw - the settings as they were given, for their values.
 */
export function sentences(error: z.ZodError, raw: unknown): string[] {
  return error.issues.flatMap((issue) => {
    const name = nameOf(issue.path);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => `${nameOf([...issue.path, key])} is not a setting; ${issue.message}.`);
    }
    const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], raw);
    return [problem(name, value, issue.message)];
  });
}

/** `deploy.switch is "green"; allowed is blueGreen, recreate or inPlace.` */
export function problem(name: string, value: unknown, allowed: string): string {
  return value === undefined
    ? `${name} is missing; it must be ${allowed}.`
    : `${name} is ${shown(value)}; allowed is ${allowed}.`;
}

/** `roles.principals[0].id` */
function nameOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) => (typeof key === "number" ? `${name}[${key}]` : name ? `${name}.${String(key)}` : String(key)),
    "",
  );
}

function shown(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}
