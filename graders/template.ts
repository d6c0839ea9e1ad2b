import { hasPath, pathOf } from "./path";
import type { Sample } from "./grader";

/** A text of a grader whose `{{...}}` are filled in for each case. */
export type Template = readonly (string | readonly string[])[];

/** A template names what an answer doesn't have: it is no JSON, or another one. */
export class MissingValue extends Error {
  override readonly name = "MissingValue";
}

/** Splits a text at its templates, whose form was checked before. Single braces are text. */
export function parseTemplate(text: string): Template {
  // Split with a group: texts and the insides of the braces in turn.
  return text.split(/\{\{(.*?)\}\}/s).map((part, index) => (index % 2 === 0 ? part : (pathOf(part.trim()) ?? part)));
}

/**
 * The text for one case and answer. A value that is no text is written as JSON [guess: what the service writes is not documented].
 *
 * @throws MissingValue for a part of the answer that is not there
 */
export function render(template: Template, sample: Sample, item: Readonly<Record<string, unknown>>): string {
  return template.map((part) => (typeof part === "string" ? part : asText(valueOf(part, sample, item)))).join("");
}

function valueOf(path: readonly string[], sample: Sample, item: Readonly<Record<string, unknown>>): unknown {
  const [namespace, ...keys] = path;
  if (namespace === "item") return found(item, keys);
  const [key, ...rest] = keys;
  return key === "output_text" ? sample.text : found(sample.json(), rest);
}

function found(value: unknown, keys: readonly string[]): unknown {
  if (value === undefined || !hasPath(value, keys)) throw new MissingValue(keys.join("."));
  return keys.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
