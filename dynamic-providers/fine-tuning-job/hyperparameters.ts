import type { Method } from "../../catalog";
import { type Allowed, autoOr, numberFrom, oneOf, wholeFrom } from "./value-rules";

/** Fine-tuning methods: the service's `method.type`. */
export const METHODS = ["supervised", "dpo", "reinforcement"] as const satisfies readonly Method[];

interface Hyperparameter {
  /** The service's name. */
  wire: string;
  /** In a reviewer's words. */
  label: string;
  methods: readonly Method[];
  value: Allowed<number | string>;
}

/**
 * Every hyperparameter. The type of the arguments, the settings, the checks, the request and the summary of a preview derive from this
 * table; a test holds the text of Pulumi.yaml against it.
 *
 * Ranges as the OpenAI API description (openai/openai-openapi) has them; l2Multiplier and promptLossWeight are Azure's own.
 */
export const hyperparameters = {
  nEpochs: { wire: "n_epochs", label: "epochs", methods: METHODS, value: autoOr(wholeFrom(1, 50)) },
  batchSize: { wire: "batch_size", label: "batch size", methods: METHODS, value: autoOr(wholeFrom(1, 256)) },
  learningRateMultiplier: {
    wire: "learning_rate_multiplier",
    label: "learning rate multiplier",
    methods: METHODS,
    value: autoOr(numberFrom({ above: 0 })),
  },
  promptLossWeight: {
    wire: "prompt_loss_weight",
    label: "prompt loss weight",
    methods: ["supervised"],
    value: numberFrom({ from: 0, to: 1 }),
  },
  beta: { wire: "beta", label: "beta", methods: ["dpo"], value: autoOr(numberFrom({ above: 0, to: 2 })) },
  l2Multiplier: {
    wire: "l2_multiplier",
    label: "l2 multiplier",
    methods: ["dpo"],
    value: autoOr(numberFrom({ from: 0 })),
  },
  reasoningEffort: {
    wire: "reasoning_effort",
    label: "reasoning effort",
    methods: ["reinforcement"],
    value: oneOf("default", "low", "medium", "high"),
  },
  computeMultiplier: {
    wire: "compute_multiplier",
    label: "compute multiplier",
    methods: ["reinforcement"],
    value: autoOr(numberFrom({ above: 0.00001, to: 10 })),
  },
  evalInterval: {
    wire: "eval_interval",
    label: "evaluation interval",
    methods: ["reinforcement"],
    value: autoOr(wholeFrom(1)),
  },
  evalSamples: {
    wire: "eval_samples",
    label: "evaluation samples",
    methods: ["reinforcement"],
    value: autoOr(wholeFrom(1)),
  },
} as const satisfies Record<string, Hyperparameter>;

export type HyperparameterName = keyof typeof hyperparameters;

/** Hyperparameters of every method; which are allowed depends on the method. What is left out, or `auto`, the service chooses. */
export type Hyperparameters = {
  -readonly [Name in HyperparameterName]?: (typeof hyperparameters)[Name]["value"] extends Allowed<infer Value>
    ? Value
    : never;
};

/** The names that a method has, in the order of the table. */
export function hyperparametersOf(method: Method): HyperparameterName[] {
  const names = Object.keys(hyperparameters) as HyperparameterName[];
  return names.filter((name) => (hyperparameters[name] as Hyperparameter).methods.includes(method));
}
