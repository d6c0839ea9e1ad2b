import { type Signal, signal } from "@preact/signals";
import type { ChatImage } from "../../azure-openai/chat-types";
import { chat } from "./server";
import { leadOf, parametersFor, settings } from "./settings";
import { addTurn, type Answer, type Branches, busy, callOf, nothing, root, type Turn, turns } from "./turns";

/** What a screen reader is told: once per finished answer, not per word. */
export const announcement = signal("");
/** The conversation that the last "New conversation" put away, until something is asked. */
export const putAway = signal<Branches | undefined>(undefined);

let running: AbortController | undefined;

/**
 * Asks all selected deployments the same question.
 * @param images - that go with it
 * @param at - place in the conversation; absent: at its end. What stood there, and followed, becomes a branch.
 */
export async function ask(question: string, images: ChatImage[] = [], at = turns.value.length): Promise<void> {
  const { deployments } = settings.value;
  if (busy.value || question.trim() === "" || deployments.length === 0) return;
  const lead = leadOf(settings.value);
  const answers = deployments.map((deployment) => {
    const parameters = parametersFor(deployment, settings.value);
    return signal<Answer>({ deployment, state: "streaming", rounds: [], text: "", lead, parameters });
  });
  const turn: Turn = { question, images, answers, next: signal(nothing) };
  putAway.value = undefined;
  addTurn(at, turn);
  await run(turn, answers);
}

/** Asks the last question again, with the settings as they are now; the answers so far are kept as a branch. */
export async function regenerate(): Promise<void> {
  const last = turns.value.at(-1);
  if (last) await ask(last.question, last.images, turns.value.length - 1);
}

/** Gives a model what the tools that it called have found, in the order of its calls; the answer continues. */
export async function giveResults(turn: Turn, answer: Signal<Answer>, results: string[]): Promise<void> {
  const { rounds, text, facts } = answer.value;
  if (busy.value || !facts?.toolCalls) return;
  const round = { text, calls: facts.toolCalls, results };
  answer.value = { ...answer.value, rounds: [...rounds, round] };
  await continueAnswer(turn, answer);
}

/** Asks for what follows the results of the tools; also once more, where that failed: what was typed is not lost. */
export async function continueAnswer(turn: Turn, answer: Signal<Answer>): Promise<void> {
  if (busy.value) return;
  answer.value = { ...answer.value, state: "streaming", text: "", facts: undefined, problem: undefined };
  await run(turn, [answer]);
}

export function stop(): void {
  running?.abort();
}

/** An empty conversation; `undoClear` brings the old one back. */
export function clear(): void {
  stop();
  if (turns.value.length > 0) putAway.value = root.value;
  root.value = nothing;
}

export function undoClear(): void {
  if (!putAway.value) return;
  root.value = putAway.value;
  putAway.value = undefined;
}

async function run(turn: Turn, answers: Signal<Answer>[]): Promise<void> {
  running = new AbortController();
  const { signal: aborted } = running;
  await Promise.all(answers.map((answer) => receive(turn, answer, aborted)));
  announcement.value = answers.map(({ value }) => spoken(value)).join(" ");
}

async function receive(turn: Turn, answer: Signal<Answer>, aborted: AbortSignal): Promise<void> {
  const change = (part: Partial<Answer>) => {
    answer.value = { ...answer.value, ...part };
  };
  for await (const line of chat(callOf(turn, answer.value), aborted)) {
    if (line.type === "text") change({ text: answer.value.text + line.text });
    else if (line.type === "end") change({ state: "done", facts: line });
    else change({ state: "failed", problem: line });
  }
  if (aborted.aborted) change({ state: "stopped" });
  else if (answer.value.state === "streaming")
    change({ state: "failed", problem: { message: "The answer was interrupted. Ask again, or regenerate." } });
}

function spoken({ deployment, state, text, problem, facts }: Answer): string {
  if (state === "failed") return `${deployment}: ${problem?.message}`;
  if (state === "stopped") return `${deployment}: stopped.`;
  const calls = facts?.toolCalls?.map(({ name }) => name).join(", ");
  return calls ? `${deployment} calls ${calls}.` : `${deployment} answered: ${text}`;
}
