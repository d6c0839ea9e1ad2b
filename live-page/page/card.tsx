import type { ComponentChildren, JSX } from "preact";
import { count } from "../../report/page/format";
import type { Rows } from "local-azure/live/shapes";

interface CardProps<T> {
  id: string;
  title: string;
  list: Rows<T> | undefined;
  /** Said where there is nothing. */
  none: string;
  keyOf: (row: T) => string;
  children: (row: T) => ComponentChildren;
  /** Whether it begins closed. */
  closed?: boolean;
}

/** A list under its title, with its number. */
export function Card<T>({ id, title, list, none, keyOf, children, closed = false }: CardProps<T>): JSX.Element {
  const { rows = [], more = 0 } = list ?? {};
  return (
    <details class="card" open={!closed} id={id}>
      <summary>
        <h2>{title}</h2> <span class="muted small number">{count(rows.length + more)}</span>
      </summary>
      {rows.length === 0 ? (
        <p class="muted small">{none}</p>
      ) : (
        <ul class="rows" aria-label={title}>
          {rows.map((row) => (
            <li key={keyOf(row)}>{children(row)}</li>
          ))}
        </ul>
      )}
      {more > 0 && <p class="muted small">{count(more)} older ones are not shown.</p>}
    </details>
  );
}
