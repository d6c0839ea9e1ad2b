import { printableLine } from "../../azure-openai/printable-text";

/** Characters of a row that are shown. */
const SHOWN = 400;

/** The beginning of a row as one line that can't steer a terminal. */
export function shownRow(text: string): string {
  const line = printableLine(text.slice(0, SHOWN));
  return text.length > SHOWN ? `${line}... (${text.length.toLocaleString("en-US")} characters)` : line;
}
