import type { TokenOdds } from "../answering/token-odds";
import { pieces } from "../chat/pieces";
import type { FinishedAnswer } from "../chat/finish";
import type { ResponseBody } from "./response-body";

/** Server-sent events of a response, in the order of the OpenAI API: items are added, grow by deltas and are done. */
export function* responseEvents(empty: ResponseBody, body: ResponseBody, answer: FinishedAnswer): Generator<string> {
  let number = 0;
  for (const event of events(empty, body, answer)) {
    const data = { ...event, sequence_number: number };
    number += 1;
    yield `event: ${String(event.type)}\ndata: ${JSON.stringify(data)}\n\n`;
  }
}

type Event = Record<string, unknown> & { type: string };

function* events(empty: ResponseBody, body: ResponseBody, answer: FinishedAnswer): Generator<Event> {
  yield { type: "response.created", response: empty };
  yield { type: "response.in_progress", response: empty };
  for (const [output_index, item] of body.output.entries()) {
    const place = { item_id: item.id, output_index };
    yield { type: "response.output_item.added", output_index, item: begun(item) };
    if (item.type === "message") yield* messageEvents(place, answer, (item.content as [unknown])[0]);
    if (item.type === "function_call") yield* callEvents(place, item);
    yield { type: "response.output_item.done", output_index, item };
  }
  yield { type: `response.${String(body.status)}`, response: body };
}

function* messageEvents(place: Record<string, unknown>, answer: FinishedAnswer, part: unknown): Generator<Event> {
  const at = { ...place, content_index: 0 };
  const empty = { type: "output_text", annotations: [], logprobs: [], text: "" };
  yield { type: "response.content_part.added", ...at, part: empty };
  for (const { piece, odds = [] } of pieces(answer))
    yield { type: "response.output_text.delta", ...at, delta: piece, logprobs: odds.map(withoutBytes) };
  yield {
    type: "response.output_text.done",
    ...at,
    text: answer.text,
    logprobs: (answer.odds ?? []).map(withoutBytes),
  };
  yield { type: "response.content_part.done", ...at, part };
}

/** Events name tokens by their text alone. */
function withoutBytes({ token, logprob, top_logprobs: top }: TokenOdds): unknown {
  return { token, logprob, top_logprobs: top.map((one) => ({ token: one.token, logprob: one.logprob })) };
}

function* callEvents(place: Record<string, unknown>, item: Record<string, unknown>): Generator<Event> {
  const given = String(item.arguments);
  for (const { piece } of pieces({ text: given, odds: undefined }))
    yield { type: "response.function_call_arguments.delta", ...place, delta: piece };
  yield { type: "response.function_call_arguments.done", ...place, name: item.name, arguments: given };
}

/** An item before its content. */
function begun(item: Record<string, unknown>): Record<string, unknown> {
  if (item.type === "message") return { ...item, status: "in_progress", content: [] };
  return item.type === "function_call" ? { ...item, status: "in_progress", arguments: "" } : item;
}
