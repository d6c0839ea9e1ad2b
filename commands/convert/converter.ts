import type { Method } from "../../catalog";
import { isObject, keyName } from "../../datasets/rules/row-rules";
import {
  convertRow,
  type JsonObject,
  type NamedColumns,
  namedShape,
  type ReadRow,
  rowFaults,
  RowRefusal,
  type RowShape,
  shapeOf,
} from "../../datasets/shapes";

/** A row that was converted, or why it was not. */
export type Converted = { row: object } | { refusal: string };

/** Keys of a row that a refusal names. */
const LISTED_KEYS = 12;

/** Turns rows into those of one method, one after the other. */
export class Converter {
  readonly dropped: ReadonlySet<string>;
  /** Shapes of the rows that were converted, by title. */
  readonly shapes = new Map<string, number>();

  private readonly named: RowShape | undefined;

  /**
   * @param columns - of a table
   * @param named - columns whose place a person named
   */
  constructor(
    private method: Method | undefined,
    dropped: readonly string[],
    private readonly columns?: readonly string[],
    named?: NamedColumns,
  ) {
    this.dropped = new Set(dropped);
    this.named = named && namedShape(named);
  }

  /** The method of the rows: that of the first one, unless it was given. */
  get target(): Method {
    return this.method ?? "supervised";
  }

  convert({ value, refusal }: ReadRow): Converted {
    if (refusal !== undefined) return { refusal };
    const shape = this.named?.matches(value) ? this.named : shapeOf(value);
    if (!shape) return { refusal: this.unknownShape(value) };
    if (!shape.read) return { refusal: `The row is in ${shape.title}. What goes where: ${shape.mapping}.` };
    return this.convertAs(value as JsonObject, shape);
  }

  /** Of a table the columns decide, which are the same for every row. */
  private unknownShape(value: unknown): string {
    const known = "known format (docs/datasets.md lists the known formats)";
    const keys = this.columns ?? (isObject(value) ? Object.keys(value) : []);
    if (keys.length === 0) return `The row is not in a ${known}.`;
    const names = keys.slice(0, LISTED_KEYS).map((key) => keyName(key));
    if (keys.length > LISTED_KEYS) names.push(`and ${keys.length - LISTED_KEYS} more`);
    return (
      `The ${this.columns ? "columns" : "keys"} ${names.join(", ")} don't match any ${known}. Specify which ones hold the question and the answer: ` +
      `--prompt COLUMN --answer COLUMN, with --system COLUMN for instructions and --drop COLUMN for each column to leave out.`
    );
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
