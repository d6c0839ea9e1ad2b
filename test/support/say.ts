import type { Say } from "../../dynamic-providers/runtime/say";

/** Both kinds of lines in the order in which they come. */
export function sayInto(lines: string[]): Say {
  const add = (line: string) => void lines.push(line);
  return Object.assign(add, { status: add });
}
