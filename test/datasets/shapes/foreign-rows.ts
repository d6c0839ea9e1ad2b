/** Rows of other tools and vendors, made for the tests: `count` of them with different texts. */
const things = [
  "kelp",
  "slate",
  "oboes",
  "yeast",
  "fjords",
  "kilns",
  "moths",
  "cranes",
  "quartz",
  "looms",
  "gulls",
  "peat",
];

type Make = (question: string, answer: string, index: number) => unknown;

export function foreignRows(make: Make, count = 12): unknown[] {
  return things
    .slice(0, count)
    .map((thing, index) => make(`What about ${thing}, please?`, `Here is all of ${thing}.`, index));
}

export function jsonLines(make: Make, count = 12): string {
  return foreignRows(make, count)
    .map((row) => `${JSON.stringify(row)}\n`)
    .join("");
}

export const chatRow: Make = (question, answer) => ({
  messages: [
    { role: "user", content: question },
    { role: "assistant", content: answer },
  ],
});

/** Shapes that convert, and the messages of the row that they become where those are not question and answer alone. */
export const convertible: Readonly<Record<string, Make>> = {
  "prompt and completion": (prompt, answer) => ({ prompt, completion: ` ${answer}\n` }),
  ShareGPT: (q, a) => ({
    conversations: [
      { from: "human", value: q },
      { from: "gpt", value: a },
    ],
  }),
  "ShareGPT with role and content": (q, a) => ({
    conversation: [
      { role: "user", content: q },
      { role: "assistant", content: a },
    ],
  }),
  "another key with turns": (q, a) => ({
    dialog: [
      { speaker: "Customer", text: q },
      { speaker: "agent", text: a },
    ],
  }),
  "ShareGPT's turns in messages": (q, a) => ({
    messages: [
      { from: "human", value: q },
      { from: "gpt", value: a },
    ],
  }),
  Alpaca: (instruction, output) => ({ instruction, input: "", output }),
  "question and answer": (question, answer) => ({ question, answer }),
  "keys with capitals": (q, a) => ({ Question: q, Answer: a }),
  "prompt and response": (prompt, response) => ({ prompt, response }),
  "input and output": (input, output) => ({ input, output }),
  "evaluation rows": (q, answer) => ({ item: { messages: [{ role: "user", content: q }], answer } }),
  "evaluation rows with a question": (question, ideal) => ({ item: { question, ideal } }),
  Gemini: (q, a) => ({
    contents: [
      { role: "user", parts: [{ text: q }] },
      { role: "model", parts: [{ text: a }] },
    ],
  }),
  Bedrock: (q, a) => ({
    schemaVersion: "bedrock-conversation-2024",
    messages: [
      { role: "user", content: [{ text: q }] },
      { role: "assistant", content: [{ text: a }] },
    ],
  }),
  "Cohere's roles": (q, a) => ({
    messages: [
      { role: "User", content: q },
      { role: "Chatbot", content: a },
    ],
  }),
  "messages in a string": (q, a, i) => ({
    messages: JSON.stringify((chatRow(q, a, i) as { messages: unknown }).messages),
  }),
  "lists in prompt and completion": (q, a) => ({
    prompt: [{ role: "user", content: q }],
    completion: [{ role: "assistant", content: a }],
  }),
  "batch requests with answers": (q, a, i) => ({
    custom_id: `r-${i}`,
    method: "POST",
    url: "/chat/completions",
    body: {
      model: "m",
      messages: [
        { role: "user", content: q },
        { role: "assistant", content: a },
      ],
    },
  }),
  "logged calls": (q, a) => ({
    request: { model: "m", messages: [{ role: "user", content: q }] },
    response: { choices: [{ message: { role: "assistant", content: a } }] },
  }),
};

/** Ways to write rows that are no JSON Lines, as text of a file. */
export const containers: Readonly<Record<string, (rows: unknown[]) => string>> = {
  "a pretty-printed array": (rows) => JSON.stringify(rows, null, 2),
  "an array on one line": (rows) => JSON.stringify(rows),
  "an array with a row per line": (rows) => `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`,
  "pretty-printed objects": (rows) => rows.map((row) => JSON.stringify(row, null, 4)).join("\n"),
  "lines with commas": (rows) => rows.map((row) => `${JSON.stringify(row)},\n`).join(""),
  "lines encoded twice": (rows) => rows.map((row) => `${JSON.stringify(JSON.stringify(row))}\n`).join(""),
  "CR line ends": (rows) => rows.map((row) => `${JSON.stringify(row)}\r`).join(""),
};

/** Columns of texts as a table. */
export function table(columns: string[], delimiter: string, count = 12): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = foreignRows(
    (question, answer) => columns.map((_, i) => [question, answer, "more"][i]),
    count,
  ) as string[][];
  return [columns, ...lines.map((cells) => cells.map(quoted))].map((cells) => `${cells.join(delimiter)}\n`).join("");
}
