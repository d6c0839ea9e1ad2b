import type { Method } from "../../catalog";
import { isObject, type JsonObject } from "../rules/row-rules";
import type { Tokenizer } from "../tokenizer/tokenizer";
import { sizeOfDataUrl } from "./image-size";
import { imageTokens } from "./image-tokens";
import { messageListsOf } from "./messages-of";

/** Tokens of a row; `estimated` when it holds what the formula says nothing of. */
export interface RowCount {
  /** Tokens that one epoch trains on, and bills. */
  total: number;
  assistant: number;
  /** Tokens that the model sees at once: of a preference row the input and the longer output. */
  longest: number;
  estimated: boolean;
}

/** The keys whose values the assistant says. */
const SPOKEN = ["content", "tool_calls", "function_call", "refusal"];

/**
 * Counts a row as OpenAI's cookbook does (How to format inputs to ChatGPT models): 3 per message, the tokens of every string value of
 * it, 1 more for a name, and 3 per example; the assistant's contents apart. What has no rule there is estimated: tool calls, tool
 * definitions and other values by the tokens of their JSON text; text parts by their text; images by the rule of
 * the model and their size (image-tokens.ts). Numbers, booleans and
 * null count nothing.
 *
 * A preference row is two examples: the input with the preferred output, and the input with the other. This is inferred from one bill
 * (microsoft-foundry/fine-tuning, Demos/DPO_Intel_Orca, 2026-10-03): 2,750 rows and 3 epochs were billed as 7,223,000 tokens, 875.5 a
 * row and epoch. The rows of that data set have 681.5 +- 18.7 tokens with the input counted once, and 903.8 +- 31.0 counted so.
 *
 * @returns `undefined` when the row has no list of messages.
 */
export function countRow(
  row: unknown,
  { method, model }: { method: Method; model: string },
  tokenizer: Tokenizer,
): RowCount | undefined {
  const lists = messageListsOf(row, method);
  if (!lists || !isObject(row)) return undefined;
  const counter = new Counter(tokenizer, model);
  const [input, ...outputs] = lists.map((messages) => counter.messages(messages));
  const holder = method === "dpo" && isObject(row.input) ? row.input : row;
  let common = 3 + input!.total;
  for (const key of ["tools", "functions"]) if (holder[key] !== undefined) common += counter.estimate(holder[key]);
  return {
    total: outputs.length === 0 ? common : outputs.reduce((sum, { total }) => sum + common + total, 0),
    assistant: outputs.reduce((sum, { assistant }) => sum + assistant, input!.assistant),
    longest: common + Math.max(0, ...outputs.map(({ total }) => total)),
    estimated: counter.estimated,
  };
}

class Counter {
  estimated = false;

  constructor(
    private readonly tokenizer: Tokenizer,
    private readonly model: string,
  ) {}

  messages(messages: readonly JsonObject[]): { total: number; assistant: number } {
    const sum = { total: 0, assistant: 0 };
    for (const message of messages) {
      const { total, assistant } = this.message(message);
      sum.total += total;
      sum.assistant += assistant;
    }
    return sum;
  }

  private message(message: JsonObject): { total: number; assistant: number } {
    let total = 3;
    let assistant = 0;
    for (const [key, value] of Object.entries(message)) {
      const tokens = typeof value === "string" ? this.tokenizer.countText(value) : this.value(value);
      total += key === "name" ? tokens + 1 : tokens;
      if (message.role === "assistant" && SPOKEN.includes(key)) assistant += tokens;
    }
    return { total, assistant };
  }

  /** Tokens of the JSON text of a value. */
  estimate(value: unknown): number {
    this.estimated = true;
    return this.tokenizer.countText(JSON.stringify(value));
  }

  private value(value: unknown): number {
    if (typeof value !== "object" || value === null) return 0;
    if (!Array.isArray(value) || !value.every(isContentPart)) return this.estimate(value);
    this.estimated = true;
    return value.reduce((sum, part) => sum + this.part(part), 0);
  }

  private part(part: JsonObject): number {
    if (typeof part.text === "string") return this.tokenizer.countText(part.text);
    if (part.type !== "image_url") return this.estimate(part);
    const { url, detail } = isObject(part.image_url) ? part.image_url : {};
    return imageTokens(this.model, typeof url === "string" ? sizeOfDataUrl(url) : undefined, detail === "low");
  }
}

/** Tool calls, whose type is `function`, are lists of typed objects too. */
function isContentPart(part: unknown): part is JsonObject {
  return isObject(part) && typeof part.type === "string" && part.type !== "function";
}
