import type { ComponentChildren } from "preact";

/** A part of the setup under a heading of its own. */
export function Section({ title, id, children }: { title: string; id?: string; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend>
        <h2 id={id}>{title}</h2>
      </legend>
      {children}
    </fieldset>
  );
}
