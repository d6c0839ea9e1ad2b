import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

interface MenuProps {
  label: ComponentChildren;
  /** Its buttons. @param close - shuts the menu and gives the focus back to what opened it */
  children: (close: () => void) => ComponentChildren;
}

/** Buttons behind a button. Escape, and a focus that goes elsewhere, shut it. */
export function Menu({ label, children }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => {
    menu.current!.open = false;
    menu.current!.querySelector("summary")!.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.current!.open) return;
    event.stopPropagation();
    close();
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget && !menu.current!.contains(relatedTarget as Node)) menu.current!.open = false;
  };
  return (
    <details class="menu" ref={menu} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <summary>{label}</summary>
      <div class="menu-items">{children(close)}</div>
    </details>
  );
}
