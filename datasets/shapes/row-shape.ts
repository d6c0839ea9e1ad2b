import type { Method } from "../../catalog";
import type { Fields } from "./fields";
import type { Conversation } from "./write-row";

/** Rows as another tool or vendor writes them. */
export interface RowShape {
  id: string;
  /** What the rows are, after "The rows are". */
  title: string;
  /** What goes where in the chat format, or what to do instead. */
  mapping: string;
  /** Method of the rows that it becomes, where that is not supervised. */
  method?: Method;
  matches: (row: unknown) => boolean;
  /** Reads the row; absent for a shape that only a person can convert. */
  read?: (fields: Fields, dropped: ReadonlySet<string>) => Conversation;
}
