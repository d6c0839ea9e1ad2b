import { computed, type Signal, signal } from "@preact/signals";
import type { ChatMessage } from "../../azure-openai/chat-types";
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
  /** System message and examples that it was asked with, and how it was sampled; the rest of its request stands in the turns before. */
  lead: ChatMessage[];
  sampling: Sampling;
}

export type Sampling = Pick<ChatCall, "temperature" | "topP" | "maxTokens" | "seed">;

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
  const [lead, sampling, before] = [leadOf(settings.value), samplingOf(settings.value), turns.value];
  const answers = deployments.map((deployment) =>
    signal<Answer>({ deployment, state: "streaming", text: "", lead, sampling }),
  );
  const turn = { id: before.length, question, answers };
  turns.value = [...before, turn];
  await run(turn);
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

/** The request that an answer answers: what led the deployment, what both said before, and the turn's question. */
export function callOf({ id, question }: Turn, { deployment, lead, sampling }: Answer): ChatCall {
  const said = exchanges(turns.value.slice(0, id), deployment);
  return { deployment, messages: [...lead, ...said, { role: "user", content: question }], ...sampling };
}

/** Whether an example is sent: half of one would teach the model nothing. */
export function isComplete({ user, assistant }: FewShotExample): boolean {
  return user.trim() !== "" && assistant.trim() !== "";
}

function leadOf({ systemMessage, fewShot }: Settings): ChatMessage[] {
  const examples = fewShot.filter(isComplete).flatMap(({ user, assistant }) => exchange(user, assistant));
  return [...system(systemMessage), ...examples];
}

function samplingOf({ temperature, topP, maxTokens, seed }: Settings): Sampling {
  return { temperature, topP, maxTokens, seed };
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

async function run(turn: Turn): Promise<void> {
  running = new AbortController();
  const { signal: aborted } = running;
  await Promise.all(turn.answers.map((answer) => receive(turn, answer, aborted)));
  announcement.value = turn.answers.map(({ value }) => spoken(value)).join(" ");
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
  else if (answer.value.state === "streaming") {
    change({ state: "failed", problem: { message: "The answer broke off. Ask again, or regenerate." } });
  }
}

function spoken({ deployment, state, text, problem }: Answer): string {
  if (state === "failed") return `${deployment}: ${problem?.message}`;
  return state === "stopped" ? `${deployment}: stopped.` : `${deployment} answered: ${text}`;
}
