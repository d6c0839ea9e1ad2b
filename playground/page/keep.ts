import { effect, signal } from "@preact/signals";
import type { Setup } from "../api";
import { type Answer, change, type Settings, settings, turns } from "./conversation";

interface Kept {
  settings: Settings;
  turns: { question: string; answers: Answer[] }[];
}

/** Between two writes while an answer streams: each writes the whole conversation. */
const pauseMs = 500;

/** Brings back what this tab held before it was loaded again, else the stack's presets; and keeps it from now on. */
export function keepConversation(setup: Setup): void {
  // The number changes with the shape of what is kept.
  const key = `playground 2 ${setup.stack} ${setup.account}`;
  const kept = read(key);
  change({
    systemMessage: setup.systemMessage,
    fewShot: setup.fewShot,
    deployments: setup.selected,
    ...kept?.settings,
  });
  turns.value = (kept?.turns ?? []).map(({ question, answers }, id) => ({
    id,
    question,
    answers: answers.map(settled),
  }));
  let latest: Kept = { settings: settings.value, turns: [] };
  let timer: number | undefined;
  const write = () => {
    window.clearTimeout(timer);
    timer = undefined;
    store(key, latest);
  };
  effect(() => {
    const said = turns.value.map(({ question, answers }) => ({ question, answers: answers.map(({ value }) => value) }));
    latest = { settings: settings.value, turns: said };
    timer ??= window.setTimeout(write, pauseMs);
  });
  addEventListener("pagehide", write);
}

/** Deployments come and go while the page is open: those that are gone are no longer selected. */
export function followDeployments({ deployments, selected }: Setup): void {
  const known = settings.value.deployments.filter((name) => deployments.some((one) => one.name === name));
  const next = known.length > 0 ? known : selected;
  if (next.join("\n") !== settings.value.deployments.join("\n")) change({ deployments: next });
}

/** An answer that was still coming will not go on. */
function settled(answer: Answer) {
  return signal<Answer>(answer.state === "streaming" ? { ...answer, state: "stopped" } : answer);
}

/** A tab may keep some 5 MB: of a longer conversation the beginning is left out. */
function store(key: string, { settings, turns }: Kept): void {
  for (let left = 0; left <= turns.length; left = 2 * left + 1) {
    try {
      sessionStorage.setItem(key, JSON.stringify({ settings, turns: turns.slice(left) } satisfies Kept));
      return;
    } catch {
      // Too long still, or the browser keeps nothing at all.
    }
  }
}

function read(key: string): Kept | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Kept);
}
