import { invalidTemplate } from "../errors";
import type { TemplateFunction } from "../expressions/scope";
import { Arguments } from "./arguments";
import { templateGuid, uniqueString } from "./hashes";

/** A value as text: .NET's words for true and false. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** .NET's composite format, without formats of its own behind a colon. */
function format(pattern: string, values: unknown[]): string {
  return pattern.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (found, place: string | undefined) => {
    if (place === undefined) return found[0]!;
    if (!/^\d+$/.test(place) || Number(place) >= values.length) {
      throw invalidTemplate(
        `The format '${pattern}' has '{${place}}'; this service knows {0} to {${values.length - 1}}`,
      );
    }
    return asText(values[Number(place)]);
  });
}

/** What the platform reads of a text. @throws AzureError InvalidTemplate where it can't */
function readable(name: string, text: string, read: () => string): string {
  try {
    return read();
  } catch {
    throw invalidTemplate(`The template language function '${name}' cannot read '${text}'`);
  }
}

/** Longer ones than this are no names. */
const WIDEST = 1000;

/** Compared as .NET does without culture: by lower case. */
const lower = (text: string) => text.toLowerCase();

export const textFunctions: Record<string, TemplateFunction> = {
  base64: (values, name) => Buffer.from(new Arguments(name, values, 1).get(0, "text")).toString("base64"),
  base64tostring: (values, name) => Buffer.from(new Arguments(name, values, 1).get(0, "text"), "base64").toString(),
  datauri: (values, name) =>
    `data:text/plain;charset=utf8;base64,${Buffer.from(new Arguments(name, values, 1).get(0, "text")).toString("base64")}`,
  endswith: (values, name) => {
    const given = new Arguments(name, values, 2);
    return lower(given.get(0, "text")).endsWith(lower(given.get(1, "text")));
  },
  startswith: (values, name) => {
    const given = new Arguments(name, values, 2);
    return lower(given.get(0, "text")).startsWith(lower(given.get(1, "text")));
  },
  format: (values, name) => {
    const given = new Arguments(name, values, 1, Infinity);
    return format(given.get(0, "text"), values.slice(1));
  },
  guid: (values, name) => templateGuid(new Arguments(name, values, 1, Infinity).all("text")),
  uniquestring: (values, name) => uniqueString(new Arguments(name, values, 1, Infinity).all("text")),
  indexof: (values, name) => {
    const given = new Arguments(name, values, 2);
    const [where, what] = [given.oneOf(0, ["text", "array"]), given.values[1]];
    return typeof where === "string" ? lower(where).indexOf(lower(asText(what))) : (where as unknown[]).indexOf(what);
  },
  lastindexof: (values, name) => {
    const given = new Arguments(name, values, 2);
    const [where, what] = [given.oneOf(0, ["text", "array"]), given.values[1]];
    return typeof where === "string"
      ? lower(where).lastIndexOf(lower(asText(what)))
      : (where as unknown[]).lastIndexOf(what);
  },
  join: (values, name) => {
    const given = new Arguments(name, values, 2);
    return given.get(0, "array").map(asText).join(given.get(1, "text"));
  },
  padleft: (values, name) => {
    const given = new Arguments(name, values, 2, 3);
    const filler = values.length > 2 ? given.get(2, "text") : " ";
    const width = Math.min(given.get(1, "integer"), WIDEST);
    return asText(given.oneOf(0, ["text", "integer"])).padStart(width, filler);
  },
  replace: (values, name) => {
    const [text, from, to] = new Arguments(name, values, 3).all("text");
    return text!.split(from!).join(to);
  },
  split: (values, name) => {
    const given = new Arguments(name, values, 2);
    const at = given.oneOf(1, ["text", "array"]);
    const signs = typeof at === "string" ? [at] : (at as unknown[]).map(asText);
    return signs.reduce<string[]>((parts, sign) => parts.flatMap((part) => part.split(sign)), [given.get(0, "text")]);
  },
  string: (values, name) => asText(new Arguments(name, values, 1).values[0]),
  substring: (values, name) => {
    const given = new Arguments(name, values, 2, 3);
    const [text, start] = [given.get(0, "text"), given.get(1, "integer")];
    const length = values.length > 2 ? given.get(2, "integer") : text.length - start;
    if (start >= 0 && length >= 0 && start + length <= text.length) return text.slice(start, start + length);
    throw invalidTemplate(
      "Unable to evaluate template language function 'substring': the index and length parameters must refer to a location within the string. " +
        `The index parameter: '${start}', the length parameter: '${length}', the length of the string parameter: '${text.length}'`,
    );
  },
  tolower: (values, name) => new Arguments(name, values, 1).get(0, "text").toLowerCase(),
  toupper: (values, name) => new Arguments(name, values, 1).get(0, "text").toUpperCase(),
  trim: (values, name) => new Arguments(name, values, 1).get(0, "text").trim(),
  uri: (values, name) => {
    const [base, relative] = new Arguments(name, values, 2).all("text");
    return readable(name, base!, () => new URL(relative!, base).href);
  },
  uricomponent: (values, name) => encodeURIComponent(new Arguments(name, values, 1).get(0, "text")),
  uricomponenttostring: (values, name) => {
    const text = new Arguments(name, values, 1).get(0, "text");
    return readable(name, text, () => decodeURIComponent(text));
  },
};
