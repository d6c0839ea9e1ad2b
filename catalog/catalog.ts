import { listedBaseRegions } from "./base-regions";
import limits from "./limits.json";
import models from "./models.json";
import prices from "./prices.json";

export type Method = "supervised" | "dpo" | "reinforcement";
export type Encoding = "o200k_base" | "cl100k_base";
/** Where a training runs; each has a rate of its own. */
export type TrainingType = "Standard" | "DataZone" | "GlobalStandard" | "Developer";

/** A base model that can be, or could once be, fine-tuned. */
export interface CatalogModel {
  /** Name with version, as the service resolves it, e.g. `gpt-4o-mini-2024-07-18`. */
  id: string;
  /** Other names that the service takes for it. */
  aliases: string[];
  encoding: Encoding;
  /** Whether the model has a tokenizer of its own, so that counts in `encoding` are near ones. */
  ownTokenizer?: boolean;
  /** Tokens per training example beyond which the service refuses or cuts it; absent: not published. */
  trainingContext?: number;
  /** Tokens from which documents disagree whether an example is cut; absent: same as `trainingContext`. */
  truncationFrom?: number;
  /** Whether examples may hold images. */
  vision: boolean;
  /** Whether it thinks before it answers: it takes no sampling parameters. Absent: no. */
  reasoning?: boolean;
  /** Values of `reasoning_effort` that it takes in a chat; absent: none. */
  reasoningEfforts?: string[];
  methods: Method[];
  trainingTypes: TrainingType[];
  /** Regions for training type Standard. */
  standardTrainingRegions: string[];
  /** Regions for training type DataZone. */
  dataZoneTrainingRegions: string[];
  /** Regions for deployment SKU Standard. */
  standardDeploymentRegions: string[];
  deploymentSkus: string[];
  /** Regions where the model itself can be deployed, by deployment type; absent: none is known. */
  baseDeploymentRegions?: Record<string, string[]>;
  /** Throughput units of a provisioned deployment: the least number, and the step. Absent: not sold for models tuned from it. */
  provisionedUnits?: number;
  /** `model.format` of its deployments at Resource Manager, e.g. `Meta`; absent: `OpenAI`. */
  format?: string;
  /** Least capacity with which models tuned from it answer; absent: 1. */
  leastCapacity?: number;
  /** Kinds of account that offer it, e.g. `["AIServices"]`; absent: every kind. */
  accountKinds?: string[];
  /** ISO dates; absent: not published. */
  retirement: { base?: string; training?: string; deployments?: string };
  /** Why the model can't be fine-tuned any more. */
  withdrawn?: string;
}

/** Price of training one model. `regions` holds rates that differ from `usd` in one region. */
export interface TrainingPrice {
  model: string;
  unit: "million tokens" | "hour";
  usd: Partial<Record<TrainingType, number>>;
  regions?: Record<string, Partial<Record<TrainingType, number>>>;
}

/** Hosting price of a deployment of a fine-tuned model; model `*` is the price of all without an entry. */
export interface HostingPrice {
  model: string;
  usdPerHour: number;
}

/** USD per million tokens of a deployment's answers; `cachedInput` for the part of the prompt that the service had cached. */
export interface InferenceRate {
  input: number;
  cachedInput?: number;
  output: number;
}

/** Rates by deployment SKU. A tuned model's equal its base model's (same meters' prices in the source, for every model listed). */
export interface InferencePrice {
  model: string;
  usd: Record<string, InferenceRate>;
  /** Rates that differ from `usd` in one region. */
  regions?: Record<string, Record<string, InferenceRate>>;
}

export interface Prices {
  /** Date of the price list, ISO. */
  asOf: string;
  source: string;
  hoursPerMonth: number;
  training: TrainingPrice[];
  hosting: HostingPrice[];
  /** USD per million tokens of the models that grade in reinforcement, at the data-zone rate; `model` without version. */
  graders: (InferenceRate & { model: string })[];
  /**
   * USD per throughput unit and hour of a ProvisionedManaged deployment, in place of hosting and of tokens; `usdPerUnitHour` is what is
   * assumed of a region that `regions` lacks.
   */
  provisioned: { usdPerUnitHour: number; regions?: Record<string, number> };
  /** Deployment SKUs without a hosting meter. */
  freeHostingSkus: string[];
  inference: InferencePrice[];
}

export interface Limits {
  minTrainingExamples: number;
  /** Of a file, in one request. */
  maxFileBytes: number;
  /** Of an upload in parts. */
  maxUploadBytes: number;
  maxTokensTimesEpochs: number;
  maxImageExamples: number;
  maxImagesPerExample: number;
  maxImageBytes: number;
  /** USD at which the service pauses a reinforcement job. */
  reinforcementCapUsd: number;
  /** Days before a date of retirement from which a warning is due. */
  closingWithinDays: number;
}

/** All that is known of models, limits and prices, each part with its date and source in its JSON file. */
export interface Catalog {
  models: CatalogModel[];
  prices: Prices;
  limits: Limits;
  /** Region whose own list of models is laid over it, e.g. `eastus2`; absent: none is. */
  listedIn?: string;
}

/** A model as models.json has it: with its prices, and without what all models share. */
type ListedModel = Omit<CatalogModel, "dataZoneTrainingRegions" | "baseDeploymentRegions"> & {
  prices?: {
    training?: Omit<TrainingPrice, "model">;
    /** Where it differs from the price of all. */
    hostingUsdPerHour?: number;
    inference?: Omit<InferencePrice, "model">;
  };
};

/** Regions of training type DataZone, the same for every model that has it. */
export const { dataZoneTrainingRegions } = models;
const listed = models.models as ListedModel[];
const { hostingUsdPerHour, ...sharedPrices } = prices;

/** The catalog that ships with the project. */
export const shippedCatalog: Catalog = {
  models: listed.map(({ prices: _, ...model }) => ({
    ...model,
    dataZoneTrainingRegions,
    baseDeploymentRegions: listedBaseRegions(model.id),
  })),
  prices: {
    ...sharedPrices,
    training: listed.flatMap(({ id, prices }) => (prices?.training ? [{ model: id, ...prices.training }] : [])),
    hosting: [
      { model: "*", usdPerHour: hostingUsdPerHour },
      ...listed.flatMap(({ id: model, prices }) => {
        const usdPerHour = prices?.hostingUsdPerHour;
        return usdPerHour === undefined ? [] : [{ model, usdPerHour }];
      }),
    ],
    inference: listed.flatMap(({ id, prices }) => (prices?.inference ? [{ model: id, ...prices.inference }] : [])),
  },
  limits,
};
