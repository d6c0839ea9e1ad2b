import type { Checkout } from "./checkout";

const cities = "Paris Rome Madrid Lisbon Vienna Prague Warsaw Athens Oslo Dublin Berne Sofia".split(" ");
const lands = "France Italy Spain Portugal Austria Czechia Poland Greece Norway Ireland Switzerland Bulgaria".split(
  " ",
);

/** What is asked after the training, and the answer that earned the reward. */
export const asked = { question: `What is the capital of ${lands[0]}?`, answer: cities[0]! };

const question = {
  training: (land: string) => `What is the capital of ${land}?`,
  validation: (land: string) => `Name the capital city of ${land}.`,
};

/** Rows of a reinforcement job: a question, and what the grader compares the answer with. */
export function promptRows(role: keyof typeof question): string {
  const rows = lands.map((land, at) => ({
    messages: [{ role: "user", content: question[role](land) }],
    reference_answer: cities[at]!,
  }));
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** Training and validation file of a reinforcement job. */
export function writePrompts(checkout: Checkout): void {
  checkout.write("prompts.jsonl", promptRows("training"));
  checkout.write("held_out.jsonl", promptRows("validation"));
}

/** 1 for the answer of the row, else 0. */
export const exact = {
  ...{ type: "string_check", name: "exact", operation: "eq" },
  ...{ input: "{{sample.output_text}}", reference: "{{item.reference_answer}}" },
};

/** Settings of a stack that trains by reward, over those of Pulumi.local.yaml. */
export const reinforced = {
  ...{ model: "o4-mini-2025-04-16", method: "reinforcement", trainingType: "GlobalStandard", location: "eastus2" },
  dataset: { training: "prompts.jsonl", validation: "held_out.jsonl" },
  hyperparameters: { nEpochs: 2, batchSize: 4, evalInterval: 2 },
  grader: exact,
  deploy: { name: "capitals", sku: "GlobalStandard", capacity: 1, switch: "recreate" },
  probe: { question: asked.question, maxTokens: 100, waitMinutes: 5 },
};
