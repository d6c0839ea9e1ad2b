import { effect, signal } from "@preact/signals";
import type { ChatImage } from "../../azure-openai/chat-types";
import type { Setup } from "../api";
import { change, choices, settings } from "./settings";
import { noSettings, type Settings } from "./settings-values";
import { type Answer, type Branches, root, turns } from "./turns";

interface KeptTurn {
  question: string;
  images: ChatImage[];
  answers: Answer[];
  next: KeptBranches;
}

interface KeptBranches {
  turns: KeptTurn[];
  shown: number;
}

interface Kept {
  settings: Settings;
  conversation: KeptBranches;
}

/** Between two writes while an answer streams: each writes the whole conversation. */
const pauseMs = 500;

/** Brings back what this tab held before it was loaded again, else the stack's presets; and keeps it from now on. */
export function keepConversation(setup: Setup): void {
  // The number changes with the shape of what is kept.
  const key = `playground 4 ${setup.stack} ${setup.account}`;
  const kept = read(key);
  const preset = { systemMessage: setup.systemMessage, deployments: setup.selected };
  change({ ...noSettings, ...preset, ...kept?.settings });
  if (kept) root.value = restored(kept.conversation);
  let latest: Kept = { settings: settings.value, conversation: written(root.value) };
  let timer: number | undefined;
  const write = () => {
    window.clearTimeout(timer);
    timer = undefined;
    store(key, latest);
  };
  effect(() => {
    latest = { settings: settings.value, conversation: written(root.value) };
    timer ??= window.setTimeout(write, pauseMs);
  });
  addEventListener("pagehide", write);
}

/** Deployments come and go while the page is open: those that are gone are no longer selected. */
export function followDeployments({ deployments, selected }: Setup): void {
  choices.value = deployments;
  const known = settings.value.deployments.filter((name) => deployments.some((one) => one.name === name));
  const next = known.length > 0 ? known : selected;
  if (next.join("\n") !== settings.value.deployments.join("\n")) change({ deployments: next });
}

function written({ turns, shown }: Branches): KeptBranches {
  const kept = turns.map(({ question, images, answers, next }) => ({
    question,
    images,
    answers: answers.map(({ value }) => value),
    next: written(next.value),
  }));
  return { turns: kept, shown };
}

function restored({ turns, shown }: KeptBranches): Branches {
  const found = turns.map(({ question, images, answers, next }) => ({
    question,
    images,
    answers: answers.map(settled),
    next: signal(restored(next)),
  }));
  return { turns: found, shown };
}

/** An answer that was still streaming has ended. */
function settled(answer: Answer) {
  return signal<Answer>(answer.state === "streaming" ? { ...answer, state: "stopped" } : answer);
}

/** A tab may keep some 5 MB: of a longer conversation first the other branches are left out, then the beginning. */
function store(key: string, { settings, conversation }: Kept): void {
  if (stored(key, { settings, conversation })) return;
  const path = turns.value;
  for (let left = 0; left <= path.length; left = 2 * left + 1) {
    const rest = path.slice(left).reduceRight<KeptBranches>(
      (next, { question, images, answers }) => ({
        turns: [{ question, images, answers: answers.map(({ value }) => value), next }],
        shown: 0,
      }),
      { turns: [], shown: 0 },
    );
    if (stored(key, { settings, conversation: rest })) return;
  }
}

function stored(key: string, kept: Kept): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
    return true;
  } catch {
    // Too long, or the browser keeps nothing at all.
    return false;
  }
}

function read(key: string): Kept | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Kept);
}
