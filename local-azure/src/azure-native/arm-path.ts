import type { Properties } from "./values";

/** The ARM path of `template` with the parameters put in. A scope holds slashes and loses those at its ends. */
export function armPath(template: string, parameters: Properties): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (typeof value !== "string") throw new Error(`The ARM path ${template} needs '${name}'.`);
    return name === "scope" ? value.replace(/^\/+|\/+$/g, "") : encodeURIComponent(value);
  });
}

/**
 * The parameters in the path of an existing resource; throws a sentence when the id is of another type. A scope keeps
 * its leading slash, as the ids have it that programs pass.
 */
export function armPathParameters(template: string, id: string): Properties {
  const pattern = template
    .replace("/{scope}", "(?<scope>/.+)")
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`);
  const match = new RegExp(`^${pattern}$`, "i").exec(id);
  if (!match?.groups) throw new Error(`The id "${id}" is not of the form ${template}.`);
  return Object.fromEntries(Object.entries(match.groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}
