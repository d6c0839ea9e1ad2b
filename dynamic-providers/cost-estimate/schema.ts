/** What decides the price of a training run and of its deployment. */
export interface CostEstimateArgs {
  /** Name of the resource of the job that it prices: what it says of the price is for that job. Absent in states of earlier versions. */
  job: string;
  model: string;
  /** Another stack has trained the model: hosting alone is priced, and what is about a training is left out. Default false. */
  hostingOnly?: true;
  method?: "supervised" | "dpo" | "reinforcement";
  trainingType?: string;
  /** Kind of the account, which decides what is offered there. Default `OpenAI`. */
  accountKind?: string;
  /** Azure region of the account, e.g. `northcentralus`. */
  location: string;
  /** Whose lists of models and quotas count; without it, the catalog alone does. Absent in states of earlier versions. */
  subscriptionId?: string;
  /** A number, or `auto`: the service chooses. */
  epochs?: number | "auto";
  /** Sum of tokens over the training file. */
  trainingTokens?: number;
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
  /** The base model's own deployment; absent where there is none. `capacity`: throughput units, where it is provisioned. */
  baseModel?: { sku: string; capacity?: number };
  /** Ceilings that fail the preview. USD. */
  budget?: { maxTrainingUsd?: number; maxHostingUsdPerMonth?: number };
  /** A JSON file whose entries override the shipped catalog. */
  catalogFile?: string;
}

export interface CostEstimateInputs extends CostEstimateArgs {
  estimate: {
    /** Epochs the figures assume; a range when the service chooses; 0, like the tokens and their price, where nothing is trained. */
    epochs: { low: number; high: number };
    trainingTokens: { low: number; high: number };
    /** `null` when the catalog has no price. */
    trainingUsd: { low: number; high: number } | null;
    /** Hours behind the figures, where training is billed by the hour. */
    trainingHours?: { low: number; high: number };
    /** Of all deployments. */
    hostingUsdPerHour: number;
    hostingUsdPerMonth: number;
    /** The base model's own deployment; absent where there is none. */
    baseModel?: BaseModelEstimate;
    /** Date of the price list, ISO. */
    priceDate: string;
    /** Sentences: what the figures assume. */
    assumptions: string[];
  };
}

/** What the base model's own deployment costs. USD. */
export interface BaseModelEstimate {
  /** Name with version. */
  model: string;
  /** Deployment type. */
  sku: string;
  /** By tokens; `null` where the catalog has no price of them, or time is billed instead. */
  perMillionTokens: { input: number; cachedInput?: number; output: number } | null;
  /** 0 unless it is provisioned; part of the hosting. */
  usdPerHour: number;
}

export type CostEstimateState = CostEstimateInputs;
