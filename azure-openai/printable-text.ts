/**
 * What a terminal or a reader would take for something else than text: C0 and C1 controls (with them every escape
 * sequence, CSI, OSC and DCS), bidi and other invisible format characters, U+2028 and U+2029, private use, and halves
 * of surrogate pairs. The joiners of Persian, Indic scripts and emoji, and the format characters of Arabic that are
 * visible (Unicode's Prepended_Concatenation_Mark), are text.
 */
const steering =
  /(?![\n\t\u200c\u200d\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/**
 * Commands that CI takes from the middle of a line: `##[group]` (GitHub's runner, Azure Pipelines), `##vso[...]` (Azure
 * Pipelines).
 */
const command = /##(?=\[|vso\[)/gi;

/**
 * How Pulumi writes a colour into a message (sdk/go/common/diag/colors): the CLI breaks down, with a stack trace, at
 * one that it does not know, in the middle of whatever it was doing.
 */
const pulumiColor = /<(?=\{%)/g;

/**
 * `::error ...` is a command at the start of a line; GitHub's runner trims white space before (actions/runner,
 * ActionCommand.cs).
 */
const lineCommand = /(^|\n)([^\S\n]*)::/g;

/** The end of a piece that the next one may turn into one of the above, or into a whole character. */
const unfinished = /(?:\r|##?|##vs?o?|(?<!:):|<\{?|[\ud800-\udbff])$/i;

/**
 * Text of others, piece by piece, as text that a terminal and a CI log may be given: what would steer them is written
 * as an escape that can be seen (`\u001b`), no line begins a workflow command, and none has a colour of Pulumi's.
 * Pieces together give what the whole text gives. Only `\n` and `\t` stay of the control characters; CRLF becomes LF.
 */
export class PrintableStream {
  private held = "";
  /** Whether only white space has come since the last line feed. */
  private atLineStart = true;

  /** @returns what of the text so far is certain; at most five characters are held back for the next piece */
  write(piece: string): string {
    const text = this.held + piece;
    this.held = unfinished.exec(text)?.[0] ?? "";
    return this.clean(text.slice(0, text.length - this.held.length));
  }

  /** @returns what was held back */
  end(): string {
    const rest = this.held;
    this.held = "";
    return this.clean(rest);
  }

  private clean(text: string): string {
    const visible = text
      .replaceAll("\r\n", "\n")
      .replace(steering, escaped)
      .replace(command, `${escaped("#")}#`)
      .replace(pulumiColor, escaped)
      .replace(lineCommand, (found: string, before: string, space: string, at: number) =>
        at > 0 || before === "\n" || this.atLineStart ? `${before}${space}${escaped(":")}:` : found,
      );
    const lineStart = visible.lastIndexOf("\n") + 1;
    this.atLineStart = (lineStart > 0 || this.atLineStart) && visible.slice(lineStart).trim() === "";
    return visible;
  }
}

/** A whole text as `PrintableStream` gives it. What is printable already stays as it is. */
export function printable(text: string): string {
  const stream = new PrintableStream();
  return stream.write(text) + stream.end();
}

/** As `printable`, for a text that belongs on one line: line feeds and tabs are escapes too. */
export function printableLine(text: string): string {
  return printable(text).replace(/[\n\t]/g, escaped);
}

/** The error itself, with message and stack as `printable` gives them; anything else as text. */
export function printableError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(printable(String(error)));
  const { message, stack } = error;
  // Defined, not assigned: the message of a DOMException (a timeout, an abort) has no setter.
  Object.defineProperty(error, "message", { value: printable(message), configurable: true, writable: true });
  if (stack !== undefined) error.stack = printable(stack);
  return error;
}

/** All texts in a JSON value, keys included, as `printable` gives them. */
export function printableValues<T>(value: T): T {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? value : (JSON.parse(text, (_key, part: unknown) => shown(part)) as T);
}

function shown(part: unknown): unknown {
  if (typeof part === "string") return printable(part);
  if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [printable(key), value]));
}

/** `\uXXXX` for each UTF-16 code unit: inside a string of JSON it is the same character still. */
function escaped(characters: string): string {
  return Array.from({ length: characters.length }, (_, at) => {
    return `\\u${characters.charCodeAt(at).toString(16).padStart(4, "0")}`;
  }).join("");
}
