import { isObject, type JsonObject } from "../rules/row-rules";
import { type Fields, RowRefusal } from "./fields";
import type { RowShape } from "./row-shape";

const answers = ["output", "response", "completion", "answer"];
/** Keys of a question with those of its answer, in the order in which they are looked for. */
const pairs: readonly (readonly [question: string, answer: string])[] = [
  ...([
    ["prompt", "completion"],
    ["prompt", "response"],
    ["prompt", "output"],
    ["prompt", "answer"],
    ["prompt", "target"],
  ] as const),
  ...([
    ["question", "answer"],
    ["question", "response"],
    ["question", "output"],
    ["query", "response"],
    ["query", "answer"],
  ] as const),
  ...([
    ["input", "output"],
    ["input", "target"],
    ["input", "response"],
    ["input_text", "output_text"],
    ["text_input", "output"],
  ] as const),
  ...([
    ["user", "assistant"],
    ["human", "assistant"],
    ["source", "target"],
    ["q", "a"],
  ] as const),
];

/** The object's keys in lower case: exports write `Question` as well. */
function namesOf(row: JsonObject): Set<string> {
  return new Set(Object.keys(row).map((key) => key.toLowerCase()));
}

function pairOf(row: unknown): readonly [string, string] | undefined {
  if (!isObject(row) || "messages" in row) return undefined;
  const names = namesOf(row);
  return pairs.find(
    ([question, answer]) => names.has(question) && names.has(answer) && typeof valueOf(row, question) === "string",
  );
}

function valueOf(row: JsonObject, name: string): unknown {
  return Object.entries(row).find(([key]) => key.toLowerCase() === name)?.[1];
}

function systemOf(fields: Fields): JsonObject[] {
  const system = fields.optionalText("system", "system_prompt");
  return system === undefined ? [] : [{ role: "system", content: system }];
}

/** The legacy format required a space before and a line break after each completion; the chat format requires neither. */
export function withoutLegacySpace(completion: string): string {
  return completion.replace(/^ (?=\S)/, "").replace(/(?<=\S)\n$/, "");
}

/** Earlier turns of Alpaca's sets: a question and answer format. */
function historyOf(fields: Fields): JsonObject[] {
  const history = fields.take("history");
  if (history === undefined || history === null || history === "") return [];
  const pairsOfTexts = Array.isArray(history) ? (history as unknown[]) : [history];
  return pairsOfTexts.flatMap((pair) => {
    if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((text) => typeof text === "string"))
      throw new RowRefusal("'history' is not a list of questions and answers.");
    return [
      { role: "user", content: pair[0] as string },
      { role: "assistant", content: pair[1] as string },
    ];
  });
}

function pairShape(id: string, title: string, mapping: string, legacy: boolean): RowShape {
  return {
    id,
    title,
    mapping,
    matches: (row) => {
      const pair = pairOf(row);
      return pair !== undefined && (pair[1] === "completion") === legacy;
    },
    read: (fields) => {
      const [question, answer] = pairs.find(([first, second]) => fields.has(first) && fields.has(second))!;
      const content = fields.text(question);
      if (/(^|\n)(Human|Assistant):/.test(content)) {
        throw new RowRefusal(
          `'${question}' contains several turns as text (Human: ..., Assistant: ...). Split it into messages first.`,
        );
      }
      const said = fields.text(answer);
      const reply = { role: "assistant", content: legacy ? withoutLegacySpace(said) : said };
      return { messages: [...systemOf(fields), ...historyOf(fields), { role: "user", content }, reply] };
    },
  };
}

/** Shapes whose rows hold plain texts. */
export const textShapes: readonly RowShape[] = [
  {
    id: "unpaired-preference",
    title: "an unpaired preference format (prompt, completion and a label)",
    mapping:
      "completions with label false are unwanted answers; keep the rows with label true as chat rows (prompt -> user, completion -> assistant), or pair them for method dpo",
    matches: (row) => isObject(row) && pairOf(row) !== undefined && typeof row.label === "boolean",
  },
  {
    id: "alpaca",
    title: "Alpaca's format for instruction data (instruction, input, output)",
    mapping: "instruction and input -> user, output -> assistant, system -> system",
    matches: (row) =>
      isObject(row) &&
      !("messages" in row) &&
      namesOf(row).has("instruction") &&
      answers.some((name) => namesOf(row).has(name)),
    read: (fields) => {
      const instruction = fields.text("instruction");
      const input = fields.optionalText("input", "context");
      const content = input === undefined ? instruction : instruction === "" ? input : `${instruction}\n\n${input}`;
      const earlier = historyOf(fields);
      const answer = { role: "assistant", content: fields.text(...answers) };
      return { messages: [...systemOf(fields), ...earlier, { role: "user", content }, answer] };
    },
  },
  pairShape(
    "prompt-completion",
    "the legacy format of completion models (prompt and completion)",
    "prompt -> user, completion -> assistant",
    true,
  ),
  pairShape(
    "question-answer",
    "a question and answer format",
    "the question (question, prompt, input, query, ...) -> user, the answer (answer, response, output, ...) -> assistant",
    false,
  ),
  {
    id: "classification",
    title: "a classification format (text and label)",
    mapping: "write the task and the text as the user's message and the label's name as the assistant's",
    matches: (row) =>
      isObject(row) &&
      !("messages" in row) &&
      ["text", "sentence"].some((name) => namesOf(row).has(name)) &&
      ["label", "category", "class"].some((name) => namesOf(row).has(name)),
  },
  {
    id: "text",
    title: 'the single-field format used by Llama and Hugging Face scripts ({"text": "..."})',
    mapping:
      "the text contains the question and the answer with a template's markers ([INST], <|im_start|>, ### Response:); write the question as user and the answer as assistant, without the markers; a row with text alone has no answer to learn",
    matches: (row) => isObject(row) && !("messages" in row) && typeof valueOf(row, "text") === "string",
  },
];
