import { effect, signal } from "@preact/signals";

type Choice = "system" | "light" | "dark";
const order: Choice[] = ["system", "light", "dark"];
const key = "theme";

/** What the reader chose; the system's setting unless told otherwise. */
const choice = signal<Choice>(remembered());

/** Counts changes of colours, so that drawings can follow. */
export const themeChanges = signal(0);

effect(() => {
  const root = document.documentElement;
  if (choice.value === "system") root.removeAttribute("data-theme");
  else root.dataset.theme = choice.value;
  themeChanges.value = themeChanges.peek() + 1;
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => (themeChanges.value += 1));

export function ThemeButton() {
  const next = order[(order.indexOf(choice.value) + 1) % order.length]!;
  const choose = () => {
    choice.value = next;
    remember(next);
  };
  return (
    <button type="button" class="quiet" onClick={choose} title={`Theme: ${choice.value}. Click for ${next}.`}>
      <span class={`theme-icon ${choice.value}`} aria-hidden="true" />
      <span class="visually-hidden">Theme: {choice.value}</span>
    </button>
  );
}

/** A file opened from disk may have no storage. */
function remembered(): Choice {
  try {
    const stored = localStorage.getItem(key);
    return order.find((one) => one === stored) ?? "system";
  } catch {
    return "system";
  }
}

function remember(value: Choice): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice lasts as long as the page.
  }
}
