import { computed, type Signal, signal } from "@preact/signals";
import type { ChatMessage } from "../../azure-openai/chat";
import type { AnswerFacts, ChatCall, FewShotExample, Problem } from "../api";
import { chat } from "./server";

export interface Settings {
  systemMessage: string;
  fewShot: FewShotExample[];
  /** Empty: the service's default. */
  temperature: number | undefined;
  topP: number | undefined;
  maxTokens: number | undefined;
  seed: number | undefined;
  /** Deployments that answer, one or two. */
  deployments: string[];
}

export interface Answer {
  deployment: string;
  state: "streaming" | "done" | "stopped" | "failed";
  text: string;
  facts?: AnswerFacts;
  problem?: Problem;
  /** What was asked, for the code that can be copied. */
  call: ChatCall;
}

/** A question and its answers, one per deployment. */
export interface Turn {
  id: number;
  question: string;
  answers: Signal<Answer>[];
}

export const settings = signal<Settings>({
  systemMessage: "",
  fewShot: [],
  temperature: undefined,
  topP: undefined,
  maxTokens: undefined,
  seed: undefined,
  deployments: [],
});

export function change(part: Partial<Settings>): void {
  settings.value = { ...settings.value, ...part };
}

export const turns = signal<Turn[]>([]);
export const busy = computed(() =>
  turns.value.some(({ answers }) => answers.some(({ value }) => value.state === "streaming")),
);
/** What a screen reader is told: once per finished answer, not per word. */
export const announcement = signal("");

let running: AbortController | undefined;

/** Asks all selected deployments the same question. */
export async function ask(question: string): Promise<void> {
  const { deployments } = settings.value;
  if (busy.value || question.trim() === "" || deployments.length === 0) return;
  const before = turns.value;
  const answers = deployments.map((deployment) => {
    const call = callFor(deployment, [...messagesBefore(before, deployment), { role: "user", content: question }]);
    return signal<Answer>({ deployment, state: "streaming", text: "", call });
  });
  turns.value = [...before, { id: before.length, question, answers }];
  await run(answers);
}

/** Asks for the last answers once more, with the settings as they are now. */
export async function regenerate(): Promise<void> {
  const last = turns.value.at(-1);
  if (!last || busy.value) return;
  turns.value = turns.value.slice(0, -1);
  await ask(last.question);
}

export function stop(): void {
  running?.abort();
}

export function clear(): void {
  stop();
  turns.value = [];
}

/** The messages of a conversation with one deployment: system message, examples, and what both said. */
export function messagesBefore(said: Turn[], deployment: string): ChatMessage[] {
  const { systemMessage, fewShot } = settings.value;
  return [
    ...system(systemMessage),
    ...fewShot.flatMap(({ user, assistant }) => exchange(user, assistant)),
    ...exchanges(said, deployment),
  ];
}

/** Turns that the deployment answered, without the examples that led it. */
export function exchanges(said: Turn[], deployment: string): ChatMessage[] {
  return said.flatMap(({ question, answers }) => {
    const answer = answers.find(({ value }) => value.deployment === deployment)?.value;
    return answer && answer.text !== "" && answer.state !== "failed" ? exchange(question, answer.text) : [];
  });
}

export function system(content: string): ChatMessage[] {
  return content.trim() === "" ? [] : [{ role: "system", content }];
}

function exchange(user: string, assistant: string): ChatMessage[] {
  return [
    { role: "user", content: user },
    { role: "assistant", content: assistant },
  ];
}

function callFor(deployment: string, messages: ChatMessage[]): ChatCall {
  const { temperature, topP, maxTokens, seed } = settings.value;
  return { deployment, messages, temperature, topP, maxTokens, seed };
}

async function run(answers: Signal<Answer>[]): Promise<void> {
  running = new AbortController();
  const { signal: aborted } = running;
  await Promise.all(answers.map((answer) => receive(answer, aborted)));
  announcement.value = answers.map(({ value }) => spoken(value)).join(" ");
}

async function receive(answer: Signal<Answer>, aborted: AbortSignal): Promise<void> {
  const change = (part: Partial<Answer>) => {
    answer.value = { ...answer.value, ...part };
  };
  for await (const line of chat(answer.value.call, aborted)) {
    if (line.type === "text") change({ text: answer.value.text + line.text });
    else if (line.type === "end") change({ state: "done", facts: line });
    else change({ state: "failed", problem: line });
  }
  if (aborted.aborted) change({ state: "stopped" });
  else if (answer.value.state === "streaming") {
    change({ state: "failed", problem: { message: "The answer broke off. Ask again, or regenerate." } });
  }
}

function spoken({ deployment, state, text, problem }: Answer): string {
  if (state === "failed") return `${deployment}: ${problem?.message}`;
  return state === "stopped" ? `${deployment}: stopped.` : `${deployment} answered: ${text}`;
}
