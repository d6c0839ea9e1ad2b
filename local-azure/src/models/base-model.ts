import type { JobMethod } from "../world/state";

/** A model that the service offers. Dates are UTC days; they move, so they are data, not rules. */
export interface BaseModel {
  /** Name with version, as job requests and the models list use it. */
  id: string;
  /** Name alone, an alias of `id`; Resource Manager keeps the version apart. */
  name: string;
  version: string;
  /** `model.format` of its deployments. Absent: `OpenAI`. */
  format?: string;
  /** Kinds of account that offer it. Absent: every kind. */
  accountKinds?: string[];
  /** Last part of the name of the quota of models tuned from it, where it isn't made of the model's name. */
  tunedQuota?: string;
  createdOn: string;
  /** Fine-tuning methods it takes; none = cannot be tuned. */
  methods: JobMethod["type"][];
  /** Training types, as jobs show them. */
  trainingTypes: string[];
  /** Regions where it is trained in place (training type `standard`). */
  standardRegions: string[];
  /** Training of new models ends. */
  fineTuneEndsOn?: string;
  /** Base deployments retire. */
  retiresOn: string;
  /** Deployments of tuned models retire. */
  tunedRetireOn?: string;
  /** Deployment types of tuned models, as Azure spells them. */
  tunedSkus: string[];
  /** Tokens of a conversation at most. */
  contextTokens: number;
  /** Tokens of an answer at most. */
  outputTokens: number;
  chat: boolean;
  /** Whether it is a reasoning model, which takes no sampling parameters. */
  reasoning: boolean;
  /** Values of `reasoning_effort` that it takes. */
  reasoningEfforts: string[];
  embeddings: boolean;
}

/** Whether an account of a kind offers the model. */
export function isOfferedOn({ accountKinds }: BaseModel, kind: string): boolean {
  return accountKinds?.includes(kind) ?? true;
}
