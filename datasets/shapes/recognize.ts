import type { Method } from "../../catalog";
import { type Container, containerOf } from "./container";
import type { JsonObject } from "../rules/row-rules";
import { RowRefusal } from "./fields";
import type { RowShape } from "./row-shape";
import { convertRow, foreignShapeOf, formatNames } from "./row-shapes";
import type { Sample } from "./sample";

/** A file that another tool or vendor reads, and the fine-tuning service does not. */
export interface ForeignFile {
  container: Container;
  /** Shape of its rows, where most of the first ones have the same and it is not that of the method. */
  shape?: RowShape;
  /** Whether `npm run convert` makes a file of it. */
  convertible: boolean;
  /** What the file is and what goes where; names keys, and holds no text of the dataset. */
  message: string;
}

/** Recognizes a file by its start; `undefined` for JSON Lines, whose rows are checked by the rules. */
export function recognizeFile(sample: Sample, method: Method): ForeignFile | undefined {
  const container = containerOf(sample);
  const shape = container.rows && commonShape(container.rows, method);
  if (container.kind === "lines" && !shape) return undefined;
  const { what, rows = [], advice } = container;
  const sentences = what === undefined ? [] : [`The file is ${what}.`];
  if (shape) {
    const target = shape.method ?? method;
    sentences.push(
      `The rows are in ${shape.title}, not in the ${formatNames[method]}.`,
      `What goes where: ${shape.mapping}.`,
    );
    const refusal = advice === undefined ? refusalOf(rows, shape, target) : undefined;
    const convertible = container.readable && advice === undefined && refusal === undefined;
    sentences.push(advice ?? (convertible ? convertCommand(target) : (refusal ?? BY_HAND)));
    return { container, shape, convertible, message: sentences.join(" ") };
  }
  // Rows that are in the method's format already only have to be taken out of what is around them.
  const convertible = container.readable && container.kind !== "table" && rows.length > 0;
  sentences.push(advice ?? (convertible ? convertCommand(method) : BY_HAND));
  return { container, convertible, message: sentences.join(" ") };
}

/** The shape of more than half of the rows. */
function commonShape(rows: readonly unknown[], method: Method): RowShape | undefined {
  const shapes = rows.map((row) => foreignShapeOf(row, method));
  const first = shapes.find((shape) => shape !== undefined);
  return shapes.filter((shape) => shape === first).length * 2 > rows.length ? first : undefined;
}

const BY_HAND = "Write one JSON object of that format per line (docs/datasets.md).";

function convertCommand(target: Method): string {
  const option = target === "supervised" ? "" : ` --method ${target}`;
  return `\`npm run -s convert -- FILE --out NEW.jsonl${option}\` converts it.`;
}

/** Why the converter would refuse all of the first rows. */
function refusalOf(rows: readonly unknown[], shape: RowShape, target: Method): string | undefined {
  if (shape.id === "preference-row" || shape.id === "chat") return "";
  if (!shape.read) return BY_HAND;
  let reason: string | undefined;
  for (const row of rows.filter((candidate) => shape.matches(candidate))) {
    try {
      convertRow(row as JsonObject, shape, target, new Set());
      return undefined;
    } catch (error) {
      if (!(error instanceof RowRefusal)) throw error;
      reason ??= error.message;
    }
  }
  return `\`npm run -s convert\` cannot convert the first rows: ${reason ?? ""}`;
}
