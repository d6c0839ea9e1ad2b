import { Help } from "commander";
import stringWidth from "string-width";

/** Commander wraps its help at words; the width of a character in a terminal is string-width's. */
class Wrapper extends Help {
  override minWidthToWrap = 0;
  override displayWidth(text: string): number {
    return stringWidth(text);
  }
}
const wrapper = new Wrapper();
/** A command, which is copied as a whole: a line of its own, or between backticks. */
const COMMAND_LINE = /^\s*(?:\d+\. )?(?:az|cd|git|npm|npx|pulumi|rm|set) \S/;
const CODE = /`[^`\n]+`/g;
/** Stands for a space at which no line ends; of private use, so no text holds it. */
const KEPT_SPACE = "\ue000";
/** Narrower than this, a column of text is harder to read than lines that the terminal breaks. */
const LEAST = 20;

/**
 * Text broken at words where the terminal ends; the indentation of a line is kept. A word that is longer than the terminal is left to it,
 * so that an id or a path can still be copied, and so is a command.
 *
 * @param text - one or more lines; colours take no width
 * @param columns - width of the terminal; undefined where there is none: the text is returned as it is
 */
export function wrap(text: string, columns: number | undefined): string {
  return text
    .split("\n")
    .map((line) => {
      if (COMMAND_LINE.test(line)) return line;
      const body = line.trimStart();
      return hanging(line.slice(0, line.length - body.length), body, columns);
    })
    .join("\n");
}

/** A label, and a text beside it whose further lines begin below its first one. @param label - with the space after it */
export function hanging(label: string, text: string, columns: number | undefined): string {
  const indent = stringWidth(label);
  if (columns === undefined || columns - indent < LEAST) return label + text;
  const unbroken = text.replace(CODE, (code) => code.replaceAll(" ", KEPT_SPACE));
  const wrapped = wrapper.boxWrap(unbroken, columns - indent).replaceAll(KEPT_SPACE, " ");
  return label + wrapped.replaceAll("\n", `\n${" ".repeat(indent)}`);
}

/** Columns of the terminal that a stream writes to; undefined for a file or a pipe, where no line is broken. */
export function columnsOf(stream: { isTTY?: boolean; columns?: number } = process.stdout): number | undefined {
  return stream.isTTY && stream.columns ? stream.columns : undefined;
}
