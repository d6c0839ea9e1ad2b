import { isObject, type JsonObject } from "../rules/row-rules";
import { Fields, refuseRest, RowRefusal } from "./fields";
import type { RowShape } from "./row-shape";
import { decodedOnce, isChatList, isTurn, isTurnList } from "./turn-list";
import { messagesOfTurns, toolsOf } from "./turns";
import type { Conversation } from "./write-row";

/** What a request to the service has besides its conversation: how to answer, and nothing to learn. */
const sampling = [
  ...["model", "temperature", "top_p", "n", "seed", "stream", "stop", "max_tokens", "max_completion_tokens"],
  ...["frequency_penalty", "presence_penalty", "user", "store", "metadata", "logprobs", "top_logprobs", "tool_choice"],
];

type Row = JsonObject;

function systemMessages(fields: Fields): JsonObject[] {
  const value = fields.take("system", "system_prompt", "systeminstruction", "system_instruction", "preamble");
  if (value === undefined || value === null || value === "") return [];
  return [{ role: "system", content: plainText(value) }];
}

/** Text, `{parts: [{text}]}` or a list of text blocks. */
function plainText(value: unknown): string {
  if (typeof value === "string") return value;
  const blocks = isObject(value) ? (value.parts ?? [value]) : value;
  if (
    Array.isArray(blocks) &&
    blocks.every(
      (block) =>
        isObject(block) &&
        typeof block.text === "string" &&
        Object.keys(block).every((key) => key === "text" || key === "type"),
    )
  )
    return (blocks as { text: string }[]).map(({ text }) => text).join("\n");
  throw new RowRefusal("The system message contains more than text. Convert it with your own script.");
}

function conversation(fields: Fields, key: string, dropped: ReadonlySet<string>): Conversation {
  const turns = messagesOfTurns(fields.list(key), key, dropped);
  const system = systemMessages(fields);
  return {
    messages: [...system, ...turns],
    tools: toolsOf(fields.take("tools", "functions")),
    parallelToolCalls: fields.take("parallel_tool_calls"),
  };
}

/** The key whose value is a list of turns. */
function turnKey(row: Row): string | undefined {
  return Object.keys(row).find((key) => isTurnList(decodedOnce(row[key])));
}

function messagesInside(value: unknown): value is Row {
  return isObject(value) && Array.isArray(value.messages);
}

/** Shapes whose rows hold turns. */
export const conversationShapes: readonly RowShape[] = [
  {
    id: "batch",
    title: "the batch API's format (custom_id with body or response)",
    mapping:
      "body.messages -> messages, with the answer as the last message; the batch's output file has the answers, under the same custom_id (response.body.choices[0].message)",
    matches: (row) => isObject(row) && "custom_id" in row && ("body" in row || "response" in row),
    read: (fields, dropped) => {
      for (const key of ["custom_id", "method", "url", "id", "error"]) fields.take(key);
      const response = fields.take("response");
      const body = fields.take("body");
      return logged(body, isObject(response) ? (response.body ?? response) : response, dropped);
    },
  },
  {
    id: "logged-calls",
    title: "a log's format (request and response)",
    mapping: "request.messages -> messages, with response.choices[0].message as the last one",
    matches: (row) => isObject(row) && messagesInside(row.request) && isObject(row.response),
    read: (fields, dropped) => logged(fields.take("request"), fields.take("response"), dropped),
  },
  {
    id: "eval-item",
    title: 'the format of evaluations ({"item": {...}})',
    mapping:
      "item.messages -> messages (or item's question -> user), the reference answer -> assistant; for method reinforcement the other keys of item move next to messages, where {{item.KEY}} reads them",
    matches: (row) => isObject(row) && isObject(row.item) && !("messages" in row),
    read: (fields, dropped) => {
      const item = new Fields(fields.take("item") as Row, "'item'");
      const messages = item.has("messages")
        ? messagesOfTurns(item.list("messages"), "item.messages", dropped)
        : [...systemMessages(item), { role: "user", content: item.text("question", "prompt", "input", "query") }];
      const answers = [
        "answer",
        "reference_answer",
        "ideal",
        "expected",
        "expected_output",
        "ground_truth",
        "correct_label",
        "output",
      ];
      const answer =
        messages.at(-1)?.role === "assistant" || !answers.some((key) => item.has(key))
          ? undefined
          : item.text(...answers);
      if (answer !== undefined) messages.push({ role: "assistant", content: answer });
      refuseRest(item.rest(), "'item'", dropped);
      return { messages };
    },
  },
  {
    id: "gemini",
    title: "Gemini's format (contents with parts)",
    mapping: "systemInstruction -> system, role user -> user, role model -> assistant, parts[].text -> content",
    matches: (row) =>
      isObject(row) && Array.isArray(row.contents) && row.contents.some((turn) => isObject(turn) && "parts" in turn),
    read: (fields, dropped) => conversation(fields, "contents", dropped),
  },
  {
    id: "preference",
    title: "a preference format with chosen and rejected",
    mapping: "prompt -> input.messages, chosen -> preferred_output, rejected -> non_preferred_output, and method dpo",
    method: "dpo",
    matches: (row) => isObject(row) && "chosen" in row && "rejected" in row,
    read: readPreference,
  },
  {
    id: "preference-row",
    title: "the preference format (input, preferred_output, non_preferred_output)",
    mapping: "these rows are for method dpo; set the method to dpo",
    method: "dpo",
    matches: (row) => isObject(row) && ("preferred_output" in row || "non_preferred_output" in row),
    read: (fields, dropped) => {
      const input = new Fields(fields.take("input") as Row, "'input'");
      const read = { ...conversation(input, "messages", dropped) };
      refuseRest(input.rest(), "'input'", dropped);
      const chosen = messagesOfTurns(fields.list("preferred_output"), "preferred_output", dropped);
      return {
        ...read,
        chosen,
        rejected: messagesOfTurns(fields.list("non_preferred_output"), "non_preferred_output", dropped),
      };
    },
  },
  {
    id: "cohere-chat",
    title: "Cohere's format (message and chat_history)",
    mapping:
      "preamble -> system, chat_history -> messages (USER -> user, CHATBOT -> assistant), message -> the last user message; the row has no answer; add it",
    matches: (row) => isObject(row) && Array.isArray(row.chat_history),
  },
  {
    id: "anthropic",
    title: "Anthropic's or Bedrock's format (system next to messages, or other content blocks)",
    mapping: "system -> a first message with role system, text blocks -> content",
    matches: (row) =>
      isObject(row) &&
      isTurnList(row.messages) &&
      ("system" in row ||
        "schemaVersion" in row ||
        row.messages.some(({ content }) => Array.isArray(content) && content.some(isForeignBlock))),
    read: (fields, dropped) => {
      fields.take("schemaversion");
      return conversation(fields, "messages", dropped);
    },
  },
  {
    id: "turns-in-messages",
    title: "a ShareGPT-like format (messages with other role names or keys)",
    mapping: "human or user -> user, gpt, model or chatbot -> assistant, system -> system, value -> content",
    matches: (row) =>
      isObject(row) &&
      isTurnList(row.messages) &&
      (!isChatList(row.messages) ||
        row.messages.some(({ role }) => /^(chatbot|human|gpt|model|bot)$/i.test(String(role)))),
    read: (fields, dropped) => conversation(fields, "messages", dropped),
  },
  {
    id: "encoded-messages",
    title: "a format whose messages are JSON inside a string",
    mapping: "messages must be a list, not a string; decode the string once",
    matches: (row) => isObject(row) && typeof row.messages === "string" && isTurnList(decodedOnce(row.messages)),
    read: (fields, dropped) => conversation(fields, "messages", dropped),
  },
  {
    id: "conversation",
    title: "ShareGPT's format or one like it (conversations with from and value)",
    mapping:
      "the list -> messages; from or role human -> user, gpt -> assistant, system unchanged; value -> content; tools given as a string -> a list of definitions",
    matches: (row) =>
      isObject(row) &&
      !("messages" in row) &&
      !isTurnList(row.prompt) &&
      !isTurnList(row.completion) &&
      turnKey(row) !== undefined,
    read: (fields, dropped) => conversation(fields, fields.keyOfTurns()!, dropped),
  },
  {
    id: "prompt-completion-messages",
    title: "a prompt/completion format with lists of messages",
    mapping: "the messages of prompt and then those of completion -> messages",
    matches: (row) => isObject(row) && isTurnList(row.prompt) && isTurnList(row.completion),
    read: (fields, dropped) => ({
      messages: [
        ...messagesOfTurns(fields.list("prompt"), "prompt", dropped),
        ...messagesOfTurns(fields.list("completion"), "completion", dropped),
      ],
      tools: toolsOf(fields.take("tools")),
    }),
  },
  {
    id: "chat",
    title: "the chat format",
    mapping: "these rows are for method supervised; set the method, or write preference rows with two answers each",
    matches: (row) => isObject(row) && isChatList(row.messages),
    read: (fields, dropped) => conversation(fields, "messages", dropped),
  },
  {
    id: "bare-messages",
    title: "a format with bare lists of messages",
    mapping: 'put each list into its own object, {"messages": [...]}',
    matches: (row) => isTurnList(row),
  },
  {
    id: "single-messages",
    title: "a format with one message per row",
    mapping: 'put the messages of one conversation into one row, {"messages": [...]}',
    matches: (row) => isTurn(row) && !("messages" in row) && "role" in row,
  },
];

function isForeignBlock(block: unknown): boolean {
  if (!isObject(block)) return false;
  if (!("type" in block)) return "text" in block || "image" in block || "toolUse" in block;
  return ["tool_use", "tool_result", "image", "document", "thinking"].includes(block.type as string);
}

function logged(body: unknown, answer: unknown, dropped: ReadonlySet<string>): Conversation {
  if (!messagesInside(body))
    throw new RowRefusal("The row has no request with messages. First join it with the file of requests by custom_id.");
  const request = new Fields(body, "'body'");
  for (const key of sampling) request.take(key);
  const read = conversation(request, "messages", dropped);
  refuseRest(request.rest(), "'body'", dropped);
  const choices = isObject(answer) && Array.isArray(answer.choices) ? (answer.choices as unknown[]) : [];
  if (choices.length > 1) throw new RowRefusal("The response has several choices. Keep only the one to train on.");
  const [choice] = choices;
  if (isObject(choice) && isObject(choice.message))
    read.messages.push(...messagesOfTurns([choice.message], "choices", dropped));
  return read;
}

function readPreference(fields: Fields, dropped: ReadonlySet<string>): Conversation {
  const outputs = ["chosen", "rejected"].map((key) => {
    const value = fields.take(key);
    if (typeof value === "string") {
      if (/\n\nHuman:/.test(value)) {
        throw new RowRefusal(
          `'${key}' holds an entire conversation as text (Human: ... Assistant: ...). Split it into messages first.`,
        );
      }
      return [{ role: "assistant", content: value }];
    }
    return messagesOfTurns(isObject(value) ? [value] : Array.isArray(value) ? (value as unknown[]) : [], key, dropped);
  }) as [JsonObject[], JsonObject[]];
  const key = fields.keyOfTurns();
  const question =
    key === undefined ? fields.optionalText("prompt", "question", "instruction", "input", "query") : undefined;
  const given = key === undefined ? systemMessages(fields) : conversation(fields, key, dropped).messages;
  if (question !== undefined && !outputs.every((output) => output[0]?.role === "user" || output[0]?.role === "system"))
    given.push({ role: "user", content: question });
  const messages = [...given, ...commonStart(outputs)];
  if (question !== undefined && !messages.some(({ content }) => content === question))
    throw new RowRefusal("The row's question differs from the one that chosen and rejected begin with.");
  return { messages, tools: toolsOf(fields.take("tools")), chosen: outputs[0], rejected: outputs[1] };
}

/** Takes off what both outputs begin with that is no answer: sets of TRL and UltraFeedback repeat the question in them. */
function commonStart([chosen, rejected]: [JsonObject[], JsonObject[]]): JsonObject[] {
  const common: JsonObject[] = [];
  while (chosen.length > 1 && rejected.length > 1 && JSON.stringify(chosen[0]) === JSON.stringify(rejected[0])) {
    common.push(chosen.shift()!);
    rejected.shift();
  }
  return common;
}
