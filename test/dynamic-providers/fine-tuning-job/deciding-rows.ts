/** A setting that decides the trained model. */
export interface DecidingRow {
  setting: string;
  /** Settings of the stack, as Pulumi hands them to the program. */
  base: Record<string, string>;
  /** The same with the setting set, or set to another value. */
  other: Record<string, string>;
  /** The reason that the plan gives. */
  because: string;
}

const json = JSON.stringify;
const grader = (name: string) =>
  json({ type: "string_check", name, input: "{{sample.output_text}}", reference: "{{item.answer}}", operation: "eq" });
const methods: Record<string, Record<string, string>> = {
  supervised: { model: "gpt-4.1-mini-2025-04-14", trainingType: "GlobalStandard" },
  dpo: { model: "gpt-4.1-mini-2025-04-14", trainingType: "GlobalStandard", method: "dpo" },
  reinforcement: {
    ...{ model: "o4-mini-2025-04-16", trainingType: "GlobalStandard", method: "reinforcement" },
    ...{ grader: grader("exact"), deploy: json({ enabled: false }) },
  },
};

const row = (setting: string, method: string, other: Record<string, string>, because: string): DecidingRow => {
  const base = methods[method]!;
  return { setting, base, other: { ...base, ...other }, because };
};
const hyperparameter = (name: string, method: string, value: number | string): DecidingRow =>
  row(`hyperparameters.${name}`, method, { hyperparameters: json({ [name]: value }) }, `${name} auto -> ${value}`);

export const decidingRows: DecidingRow[] = [
  row(
    "model",
    "supervised",
    { model: "gpt-4.1-nano-2025-04-14" },
    "model gpt-4.1-mini-2025-04-14 -> gpt-4.1-nano-2025-04-14",
  ),
  row("method", "supervised", { method: "dpo" }, "method supervised -> dpo"),
  row("seed", "supervised", { seed: "5" }, "seed unset -> 5"),
  row("trainingType", "supervised", { trainingType: "Developer" }, "trainingType GlobalStandard -> Developer"),
  row("grader", "reinforcement", { grader: grader("other") }, "grader changed"),
  row(
    "responseFormat",
    "reinforcement",
    { responseFormat: json({ type: "json_schema", json_schema: { name: "a", schema: { type: "object" } } }) },
    "responseFormat changed",
  ),
  row(
    "dataset.validation",
    "supervised",
    { dataset: json({ training: "data/training_set.jsonl" }) },
    "validation data was",
  ),
  row(
    "job.extraBody",
    "supervised",
    { job: json({ extraBody: { method: { supervised: { hyperparameters: { lora_rank: 8 } } } } }) },
    "job.extraBody.method.supervised.hyperparameters.lora_rank was",
  ),
  hyperparameter("nEpochs", "supervised", 2),
  hyperparameter("batchSize", "supervised", 4),
  hyperparameter("learningRateMultiplier", "supervised", 0.5),
  hyperparameter("promptLossWeight", "supervised", 0.1),
  hyperparameter("beta", "dpo", 0.2),
  hyperparameter("l2Multiplier", "dpo", 0.1),
  hyperparameter("reasoningEffort", "reinforcement", "high"),
  hyperparameter("computeMultiplier", "reinforcement", 2),
  hyperparameter("evalInterval", "reinforcement", 5),
  hyperparameter("evalSamples", "reinforcement", 3),
];
