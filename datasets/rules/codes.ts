/** How a finding counts: an `error` stops a preview, a `warning` is shown, `off` is not looked for. */
export type Severity = "error" | "warning" | "off";

/** Every rule with its default severity; docs/datasets.md describes each one. */
export const ruleDefaults = {
  // The file.
  "file-missing": "error",
  "file-empty": "error",
  "foreign-shape": "error",
  "file-too-large": "error",
  "large-file": "warning",
  "too-few-examples": "error",
  "too-many-images": "error",
  "byte-order-mark": "warning",
  "blank-line": "warning",
  "carriage-return": "warning",
  // The row as JSON.
  "not-utf8": "error",
  "bad-json": "error",
  "not-an-object": "error",
  "duplicate-key": "error",
  "lone-surrogate": "warning",
  // The row's shape.
  "missing-key": "error",
  "unknown-key": "error",
  "wrong-type": "error",
  "no-messages": "error",
  "unknown-role": "error",
  "missing-content": "error",
  "control-character-in-name": "error",
  "unusual-name": "warning",
  // The conversation.
  "no-assistant": "error",
  "last-not-assistant": "error",
  "last-not-user": "error",
  "empty-assistant": "warning",
  "no-user": "warning",
  "empty-user": "warning",
  "invalid-weight": "error",
  "all-weights-zero": "error",
  "system-not-first": "warning",
  "differing-system-prompts": "warning",
  // Tools.
  "invalid-tool-schema": "error",
  "invalid-tool-call": "error",
  "tool-without-call": "error",
  "unanswered-tool-call": "warning",
  "undeclared-tool": "warning",
  "deprecated-functions": "warning",
  "long-tool-description": "warning",
  "too-many-tools": "warning",
  "null-parameters": "warning",
  // Content parts and images.
  "invalid-content-part": "error",
  "image-not-supported": "error",
  "image-in-assistant": "error",
  "too-many-images-in-example": "error",
  "invalid-image": "error",
  // Preference rows.
  "same-outputs": "error",
  // Reinforcement: the grader and the rows.
  "grader-template": "error",
  "grader-key-missing": "error",
  "nothing-to-grade": "warning",
  "grader-output-json": "warning",
  // Size.
  "over-token-limit": "error",
  "near-token-limit": "warning",
  "tokens-estimated": "warning",
  // Repetition.
  "exact-duplicate": "warning",
  "near-duplicate": "warning",
  "in-training-too": "error",
  "nearly-in-training-too": "warning",
  // What should not be taught to a model.
  secret: "warning",
  "personal-data": "warning",
} as const satisfies Record<string, Severity>;

/** Name of a rule, as findings carry it and `dataset.rules` sets it. */
export type RuleCode = keyof typeof ruleDefaults;

/** All codes, in the order of the documentation. */
export const ruleCodes = Object.keys(ruleDefaults) as RuleCode[];
