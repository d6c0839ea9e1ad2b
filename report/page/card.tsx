import type { ComponentChildren } from "preact";

/** A part of the report under its title. */
export function Card({
  title,
  id,
  wide,
  children,
}: {
  title: string;
  id: string;
  wide?: boolean;
  children: ComponentChildren;
}) {
  return (
    <section class={wide ? "card wide" : "card"} aria-labelledby={`report-${id}`}>
      <h2 id={`report-${id}`}>{title}</h2>
      {children}
    </section>
  );
}
