import type { Checkout } from "./checkout";

/** Stands in every question and reference of the cases, and nowhere else. */
export const canary = "CANARY-5e07";

interface Row {
  messages: { role: string; content: string }[];
}

const TRAINING = "data/training_set.jsonl";

/** Writes cases about what the training file teaches, in other words than its own. @returns their number */
export function writeCases(checkout: Checkout, file: string): number {
  const rows = readRows(checkout).slice(0, 24);
  const cases = rows.map(({ messages }) => {
    const [question, answer] = [messages.at(-2)!.content, messages.at(-1)!.content];
    const asked = `A visitor of our open day, who has never heard of any of this before, would like to know from you: ${question} ${canary}`;
    return {
      messages: [
        { role: "user", content: asked },
        { role: "assistant", content: `${answer} ${canary}` },
      ],
    };
  });
  checkout.write(file, cases.map((one) => `${JSON.stringify(one)}\n`).join(""));
  return cases.length;
}

/** Gives every question of the training file the answer of another one; returns the way back. */
export function shuffleAnswers(checkout: Checkout): () => void {
  const before = checkout.read(TRAINING);
  const rows = readRows(checkout);
  const answers = rows.map(({ messages }) => messages.at(-1)!.content);
  const shuffled = rows.map(({ messages }, index) => {
    const content = answers[(index + 17) % answers.length]!;
    return { messages: [...messages.slice(0, -1), { role: "assistant", content }] };
  });
  checkout.write(TRAINING, shuffled.map((one) => `${JSON.stringify(one)}\n`).join(""));
  return () => checkout.write(TRAINING, before);
}

function readRows(checkout: Checkout): Row[] {
  const lines = checkout.read(TRAINING).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}
