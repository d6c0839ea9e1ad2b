import Table from "cli-table3";
import stringWidth from "string-width";

/**
 * A table as a terminal has room for it: with less space in the cells where it is too wide, and row by row, each value below the other, where it still
 * is. No value is cut or broken, since ids and names are copied.
 *
 * @param head - one name per column
 * @param rows - cells in the order of `head`; must be printable
 * @param columns - width of the terminal; undefined where there is none: the table is as wide as it gets
 * @returns lines without a newline at the end
 */
export function table(head: string[], rows: string[][], columns?: number): string {
  for (const padding of [1, 0]) {
    const drawn = draw(head, rows, padding);
    if (columns === undefined || widthOf(drawn) <= columns) return drawn;
  }
  return rows.map((row) => record(head, row)).join("\n\n");
}

/** Cells that read as they are copied, and no color. */
function draw(head: string[], rows: string[][], padding: number): string {
  const style = { head: [], border: [], "padding-left": padding, "padding-right": padding };
  const made = new Table({ head, style });
  made.push(...rows);
  return made.toString();
}

/** A name that is longer has its value in the next line: one long name must not push all values to the right. */
const LONGEST_LABEL = 20;

/** `version  2`, the next line below it; what is empty is left out. */
function record(head: string[], row: string[]): string {
  const widths = head.map((name) => stringWidth(name));
  const label = Math.max(0, ...widths.filter((width) => width <= LONGEST_LABEL));
  const lines = row.flatMap((value, at) => {
    if (value === "") return [];
    const [name, width] = [head[at]!, widths[at]!];
    return width > LONGEST_LABEL ? [`${name}\n  ${value}`] : [`${name}${" ".repeat(label - width)}  ${value}`];
  });
  return lines.join("\n");
}

function widthOf(text: string): number {
  return Math.max(...text.split("\n").map((line) => stringWidth(line)));
}
