import type { ComponentChildren } from "preact";

interface ActionButtonProps {
  /** Whether it does nothing now. */
  unavailable: boolean;
  onClick?: () => void;
  type?: "button" | "submit";
  class?: string;
  label?: string;
  children: ComponentChildren;
}

/**
 * A button that its own press may make unavailable. It stays in the Tab order and keeps the focus, which a disabled one loses: the next key
 * would start at the top of the page.
 */
export function ActionButton({
  unavailable,
  onClick,
  type = "button",
  class: look,
  label,
  children,
}: ActionButtonProps) {
  return (
    <button
      type={type}
      class={look ?? "small-button"}
      aria-label={label}
      aria-disabled={unavailable ? "true" : undefined}
      onClick={(event) => {
        if (unavailable) event.preventDefault();
        else onClick?.();
      }}
    >
      {children}
    </button>
  );
}
