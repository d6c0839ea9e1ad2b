import type { Method } from "../../catalog";
import { keyName } from "../../datasets/rules/row-rules";
import {
  convertRow,
  type JsonObject,
  type ReadRow,
  rowFaults,
  RowRefusal,
  type RowShape,
  shapeOf,
} from "../../datasets/shapes";

/** A row that was converted, or why it was not. */
export type Converted = { row: object } | { refusal: string };

/** Turns rows into those of one method, one after the other. */
export class Converter {
  readonly dropped: ReadonlySet<string>;
  /** Shapes of the rows that were converted, by title. */
  readonly shapes = new Map<string, number>();

  constructor(
    private method: Method | undefined,
    dropped: readonly string[],
    private readonly columns?: readonly string[],
  ) {
    this.dropped = new Set(dropped);
  }

  /** The method of the rows: that of the first one, unless it was given. */
  get target(): Method {
    return this.method ?? "supervised";
  }

  convert({ value, refusal }: ReadRow): Converted {
    if (refusal !== undefined) return { refusal };
    const shape = shapeOf(value);
    if (!shape) return { refusal: this.unknownShape() };
    if (!shape.read) return { refusal: `The row is in ${shape.title}. What goes where: ${shape.mapping}.` };
    return this.convertAs(value as JsonObject, shape);
  }

  /** Of a table the columns decide, which is one and the same for every row. */
  private unknownShape(): string {
    const known = "none of the known formats (docs/datasets.md lists them)";
    if (!this.columns) return `The row is in ${known}.`;
    const names = this.columns.map((column) => keyName(column)).join(", ");
    return `The columns ${names} are in ${known}. Rename those with the question and the answer to 'prompt' and 'completion'.`;
  }

  private convertAs(value: JsonObject, shape: RowShape): Converted {
    const method = this.method ?? shape.method ?? "supervised";
    try {
      const row = convertRow(value, shape, method, this.dropped);
      const [fault] = rowFaults(row, method);
      if (fault !== undefined) return { refusal: fault };
      this.method = method;
      this.shapes.set(shape.title, (this.shapes.get(shape.title) ?? 0) + 1);
      return { row };
    } catch (error) {
      if (error instanceof RowRefusal) return { refusal: error.message };
      throw error;
    }
  }
}
