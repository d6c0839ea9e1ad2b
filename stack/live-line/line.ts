import stringWidth from "string-width";
import { elapsed } from "../../format/duration";

/** Content of a run's line. */
export interface LineContent {
  /** What moves, most important first: `["49%", "5 s left", "step 100/204"]`. Empty: nothing to show. */
  parts: string[];
  /** Resources that are done. */
  done: number;
  /** Milliseconds since the start of the run. */
  elapsedMs: number;
}

/** Between what moves and the time. */
const GAP = 2;
/** A part cut shorter than this is useless. */
const LEAST = 12;
const DOT = " · ";

/**
 * The line for a terminal of `width` columns: what fits, and the time of the run at the right edge. The time is dropped before the first
 * part; the number of resources is dropped before any part.
 */
export function liveLine({ parts, done, elapsedMs }: LineContent, width: number): string {
  if (parts.length === 0) return "";
  const time = elapsed(elapsedMs);
  const [first = ""] = parts;
  if (stringWidth(first) + GAP + time.length > width) return cut(parts.join(DOT), width);
  const text = fitting(parts, width - GAP - time.length);
  const full = `${done} done · ${time}`;
  const right = stringWidth(text) + GAP + full.length <= width ? full : time;
  return `${text}${" ".repeat(width - stringWidth(text) - right.length)}${right}`;
}

function fitting(parts: string[], width: number): string {
  let text = "";
  for (const part of parts) {
    const longer = text === "" ? part : text + DOT + part;
    const room = width - stringWidth(text + DOT);
    if (stringWidth(longer) > width) return room < LEAST ? text : text + DOT + cut(part, room);
    text = longer;
  }
  return text;
}

function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (stringWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
