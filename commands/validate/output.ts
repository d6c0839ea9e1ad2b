/** Where the command writes: a stream, which says whether it is a terminal. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}
