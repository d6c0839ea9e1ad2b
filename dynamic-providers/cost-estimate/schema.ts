/** What decides the price of a training run and of its deployment. */
export interface CostEstimateArgs {
  model: string;
  method: "supervised" | "dpo" | "reinforcement";
  trainingType: string;
  /** Azure region of the account, e.g. `northcentralus`. */
  location: string;
  /** A number, or `auto`: the service chooses. */
  epochs: number | "auto";
  /** Sum of tokens over the training file. */
  trainingTokens: number;
  /** Number of training examples: narrows what `auto` epochs can mean. */
  examples?: number;
  /** Deployment SKU (`Standard`, `GlobalStandard`, `DeveloperTier`, ...). */
  deploymentSku: string;
  /** Reinforcement: the models that grade, whose tokens are billed apart; absent where none does. */
  graderModels?: string[];
  /** Throughput units of a provisioned deployment, which decide its price; absent for others, whose price doesn't depend on capacity. */
  capacity?: number;
  /** Whether the model is deployed, and so hosted at a price, at all. */
  deploy: boolean;
  /** Ceilings that fail the preview. USD. */
  budget?: { maxTrainingUsd?: number; maxHostingUsdPerMonth?: number };
  /** A JSON file whose entries override the shipped catalog. */
  catalogFile?: string;
}

export interface CostEstimateInputs extends CostEstimateArgs {
  estimate: {
    /** Epochs the figures assume; a range when the service chooses. */
    epochs: { low: number; high: number };
    trainingTokens: { low: number; high: number };
    /** `null` when the catalog has no price. */
    trainingUsd: { low: number; high: number } | null;
    /** Hours behind the figures, where training is billed by the hour. */
    trainingHours?: { low: number; high: number };
    hostingUsdPerHour: number;
    hostingUsdPerMonth: number;
    /** Date of the price list, ISO. */
    priceDate: string;
    /** Sentences: what the figures assume. */
    assumptions: string[];
  };
}
export type CostEstimateState = CostEstimateInputs;
