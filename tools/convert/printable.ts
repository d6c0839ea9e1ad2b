/** Characters of a row that are shown. */
const SHOWN = 400;

/** Text as one line that can't steer a terminal or turn the direction of text: such characters are written as escapes. */
export function printable(text: string): string {
  const clean = text
    .slice(0, SHOWN)
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
  return text.length > SHOWN ? `${clean}... (${text.length.toLocaleString("en-US")} characters)` : clean;
}
