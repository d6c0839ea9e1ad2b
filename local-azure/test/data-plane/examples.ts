import { toFile } from "openai";

/** Rows of a small course about machines, all different. */
export const questions: [question: string, answer: string][] = [
  [
    "What is artificial intelligence?",
    "Artificial intelligence is the craft of making machines do what takes thought.",
  ],
  ["What is machine learning?", "Machine learning lets a program find its rules in data instead of being given them."],
  ["What is a neural network?", "A neural network is layers of simple units whose connections are learned."],
  ["What is deep learning?", "Deep learning is machine learning with neural networks of many layers."],
  ["What is a token?", "A token is a piece of text, often a part of a word, that a model reads and writes."],
  ["What is overfitting?", "Overfitting is learning the examples by heart so that new ones are answered badly."],
  [
    "What is a validation set?",
    "A validation set is data kept aside to see how a model does on what it has not learned.",
  ],
  ["What is a learning rate?", "The learning rate says how far each step of training moves the weights."],
  ["人工知能とは何ですか?", "人工知能は、人が考えて行うことを機械にさせる技術です。"],
  ["機械学習とは何ですか?", "機械学習は、規則を与えられずにデータから見つける方法です。"],
  ["What is an epoch?", "An epoch is one pass through all of the training examples."],
  ["What is a batch?", "A batch is the group of examples that one step of training looks at."],
];

export const system = "The system is an AI teacher that helps people learn about AI";

export function chatRow(question: string, answer: string): string {
  return JSON.stringify({
    messages: [
      { role: "system", content: system },
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ],
  });
}

/** A training file of the rows above, `times` over with a number in each question. */
export function trainingText(times = 1): string {
  const rows = Array.from({ length: times }, (_, round) =>
    questions.map(([question, answer]) => chatRow(round === 0 ? question : `${question} (${round})`, answer)),
  );
  return rows.flat().join("\n") + "\n";
}

export function upload(text: string, name = "training_set.jsonl") {
  return { file: toFile(Buffer.from(text, "utf8"), name), purpose: "fine-tune" as const };
}
