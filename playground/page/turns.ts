import { computed, type Signal, signal } from "@preact/signals";
import type { ChatImage, ChatMessage, ChatParameters, ToolCall } from "../../azure-openai/chat-types";
import type { AnswerFacts, ChatCall, Problem } from "../api";
import { messagesFor, settings, userMessage } from "./settings";

/** Tools that a model has called on the way to its answer, and what they gave. */
export interface ToolRound {
  text: string;
  calls: ToolCall[];
  /** In the order of the calls. */
  results: string[];
}

export interface Answer {
  deployment: string;
  state: "streaming" | "done" | "stopped" | "failed";
  /** Rounds whose results were given; the answer goes on after them. */
  rounds: ToolRound[];
  text: string;
  facts?: AnswerFacts;
  problem?: Problem;
  /** System message and examples that it was asked with, and how it was made; the rest of its request is in the turns before. */
  lead: ChatMessage[];
  parameters: ChatParameters;
}

/** A question and its answers, one per deployment, and what was asked next. */
export interface Turn {
  question: string;
  images: ChatImage[];
  answers: Signal<Answer>[];
  next: Signal<Branches>;
}

/** Questions that were asked at the same place, of which one is shown. */
export interface Branches {
  turns: Turn[];
  shown: number;
}

export const nothing: Branches = { turns: [], shown: 0 };

/** First questions. Asking again, or otherwise, makes a branch: what followed the old question is kept in it. */
export const root = signal<Branches>(nothing);

/** The conversation that is shown. */
export const turns = computed(() => {
  const path: Turn[] = [];
  for (let at = root.value; at.turns.length > 0;) {
    const turn = at.turns[at.shown]!;
    path.push(turn);
    at = turn.next.value;
  }
  return path;
});

export const busy = computed(() =>
  turns.value.some(({ answers }) => answers.some(({ value }) => value.state === "streaming")),
);

/** The place of a turn of the conversation among the questions that were asked there. */
export function branchesAt(index: number): Signal<Branches> {
  return index === 0 ? root : turns.value[index - 1]!.next;
}

/** Asks at a place of the conversation: what stood there before becomes another branch. */
export function addTurn(index: number, turn: Turn): void {
  const branches = branchesAt(index);
  const { turns: others } = branches.value;
  branches.value = { turns: [...others, turn], shown: others.length };
}

/** Shows another question that was asked there, with all that followed it. */
export function showBranch(index: number, shown: number): void {
  const branches = branchesAt(index);
  if (!busy.value && shown >= 0 && shown < branches.value.turns.length) branches.value = { ...branches.value, shown };
}

/** The request that an answer answers: what led the deployment, what both said before, the turn's question, its tools' results. */
export function callOf(turn: Turn, { deployment, lead, rounds, parameters }: Answer): ChatCall {
  const said = exchanges(turns.value.slice(0, turns.value.indexOf(turn)), deployment);
  const messages: ChatMessage[] = [...lead, ...said, userMessage(turn.question, turn.images), ...roundMessages(rounds)];
  return { deployment, messages: messagesFor(deployment, messages), ...parameters };
}

/** Turns that the deployment answered, without the examples that led it. A call without its result is left out: Azure refuses one. */
export function exchanges(said: Turn[], deployment: string): ChatMessage[] {
  return said.flatMap(({ question, images, answers }): ChatMessage[] => {
    const answer = answers.find(({ value }) => value.deployment === deployment)?.value;
    if (!answer || answer.text === "" || answer.state === "failed") return [];
    return [
      userMessage(question, images),
      ...roundMessages(answer.rounds),
      { role: "assistant", content: answer.text },
    ];
  });
}

function roundMessages(rounds: ToolRound[]): ChatMessage[] {
  return rounds.flatMap(({ text, calls, results }): ChatMessage[] => [
    { role: "assistant", content: text, toolCalls: calls },
    ...calls.map(({ id }, index): ChatMessage => ({ role: "tool", toolCallId: id, content: results[index] ?? "" })),
  ]);
}

/** Images that the call of a question has before its own: of the few-shot examples and of the conversation. @param index - place of the question */
export function imagesBefore(index = turns.value.length): number {
  const counts = [...settings.value.fewShot, ...turns.value.slice(0, index)].map(({ images = [] }) => images.length);
  return counts.reduce((sum, count) => sum + count, 0);
}
