import { oddsOf, type TokenOdds } from "../answering/token-odds";
import type { Candidate } from "../answering/sampling";
import type { Answer } from "../answering/exchanges";
import type { FunctionCall } from "../rows/training-row";
import { decode, encode } from "../training/tokenizer";
import { newId } from "./call-id";
import type { ModelRequest } from "./chat-request";
import { inFormat } from "./response-format";

export interface MadeCall extends FunctionCall {
  id: string;
}

/** An answer as it is sent. */
export interface FinishedAnswer {
  text: string;
  calls: MadeCall[];
  finishReason: "stop" | "length" | "tool_calls" | "content_filter";
  /** Of the text's tokens, where they were asked for. */
  odds: TokenOdds[] | undefined;
}

/** The answer in the form that was asked for, ended before the first stop text and after the tokens allowed. */
export function finish({ text, calls }: Answer, candidates: Candidate[], request: ModelRequest): FinishedAnswer {
  const whole = text === "" ? "" : inFormat(text, request.format);
  const cut = Math.min(...request.stop.map((word) => whole.indexOf(word)).filter((at) => at >= 0), whole.length);
  const { kept, ended } = limited(whole.slice(0, cut), request.maxTokens?.tokens);
  const made = calls.map((call) => ({ id: newId("call_"), ...call }));
  const odds = request.alternatives === undefined ? undefined : oddsOfText(kept, candidates, request);
  return { text: kept, calls: made, finishReason: ended ? "length" : made.length > 0 ? "tool_calls" : "stop", odds };
}

function limited(text: string, most: number | undefined): { kept: string; ended: boolean } {
  // A token is a byte at least.
  if (most === undefined || text.length * 3 <= most) return { kept: text, ended: false };
  const ids = encode(text);
  if (ids.length <= most) return { kept: text, ended: false };
  // A character cut in half is left out.
  return { kept: decode(ids.slice(0, most)).replace(/\uFFFD+$/, ""), ended: true };
}

function oddsOfText(text: string, candidates: Candidate[], request: ModelRequest): TokenOdds[] {
  const texts = candidates.flatMap(({ answer, weight }) =>
    answer.text === "" ? [] : [{ text: inFormat(answer.text, request.format), weight }],
  );
  return oddsOf(text, texts, request.alternatives!);
}

/** A streamed answer that the content filter ends: half of it has been sent by then [guess how much]. */
export function filteredHalf({ text, odds }: FinishedAnswer): FinishedAnswer {
  const words = text.split(/(?<=\s)/);
  const half = words.slice(0, Math.floor(words.length / 2)).join("");
  const kept = odds && odds.slice(0, encode(half).length);
  return { text: half, calls: [], finishReason: "content_filter", odds: kept };
}
