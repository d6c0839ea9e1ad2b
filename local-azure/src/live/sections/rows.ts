import type { Rows } from "../shapes";

/** Rows of a list that the page gets at most: a cloud of thousands of files must not make each change cost megabytes. */
const MOST = 200;

/**
 * The newest of a list that is in the order of creation, newest first.
 *
 * @param show - makes the row, of those alone that are shown
 */
export function newest<T, R>(oldestFirst: readonly T[], show: (one: T) => R): Rows<R> {
  const shown = oldestFirst.slice(-MOST).reverse();
  return { rows: shown.map(show), more: oldestFirst.length - shown.length };
}

/** The first of a list that has an order of its own. */
export function first<T>(inOrder: readonly T[]): Rows<T> {
  return { rows: inOrder.slice(0, MOST), more: Math.max(0, inOrder.length - MOST) };
}
