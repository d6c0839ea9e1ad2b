import { asObject } from "../../http/request";
import { validatorOf } from "../answering/schema-validator";
import type { Message } from "../rows/training-row";

/** Texts that are looked at, from the end: programs put the schema beside the question or into the instructions. */
const MAX_LENGTH = 200_000;
/** Places of a text where an object may begin that are tried. */
const MAX_TRIES = 50;

/**
 * The JSON schema of an object that a conversation asks its answer to follow in words: what programs do that ask for `json_object` and have a
 * schema all the same. The newest one counts.
 */
export function schemaInPrompt(messages: Message[]): Record<string, unknown> | undefined {
  for (const { text } of [...messages].reverse())
    for (const found of objectsIn(text.slice(0, MAX_LENGTH))) if (isSchema(found)) return found;
  return undefined;
}

function isSchema(found: Record<string, unknown>): boolean {
  if (!asObject(found.properties) || (found.type !== undefined && found.type !== "object")) return false;
  try {
    validatorOf(found);
    return true;
  } catch {
    return false;
  }
}

/** JSON objects in a text, each at its outermost brace. */
function* objectsIn(text: string): Generator<Record<string, unknown>> {
  for (let [start, tries] = [text.indexOf("{"), 0]; start >= 0 && tries < MAX_TRIES; tries++) {
    const end = endOf(text, start);
    const object = end === undefined ? undefined : asObject(parsed(text.slice(start, end)));
    if (object) yield object;
    start = text.indexOf("{", object ? end : start + 1);
  }
}

/** After the brace that closes the one at `start`. */
function endOf(text: string, start: number): number | undefined {
  let depth = 0;
  let inText = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (inText && character === "\\") at++;
    else if (character === '"') inText = !inText;
    else if (!inText && character === "{") depth++;
    else if (!inText && character === "}" && --depth === 0) return at + 1;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
