import { effect, signal } from "@preact/signals";
import type { Setup } from "../api";
import { type Answer, change, type Settings, settings, turns } from "./conversation";

interface Kept {
  settings: Settings;
  turns: { question: string; answers: Answer[] }[];
}

/** Brings back what this tab held before it was loaded again, else the stack's presets; and keeps it from now on. */
export function keepConversation(setup: Setup): void {
  const key = `playground ${setup.stack} ${setup.account}`;
  const kept = read(key);
  change({
    systemMessage: setup.systemMessage,
    fewShot: setup.fewShot,
    deployments: setup.selected,
    ...kept?.settings,
  });
  const known = settings.value.deployments.filter((name) => setup.deployments.some((one) => one.name === name));
  change({ deployments: known.length > 0 ? known : setup.selected });
  turns.value = (kept?.turns ?? []).map(({ question, answers }, id) => ({
    id,
    question,
    answers: answers.map(settled),
  }));
  effect(() => {
    const said = turns.value.map(({ question, answers }) => ({ question, answers: answers.map(({ value }) => value) }));
    sessionStorage.setItem(key, JSON.stringify({ settings: settings.value, turns: said } satisfies Kept));
  });
}

/** An answer that was still coming will not go on. */
function settled(answer: Answer) {
  return signal<Answer>(answer.state === "streaming" ? { ...answer, state: "stopped" } : answer);
}

function read(key: string): Kept | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Kept);
}
