import type { JobMethod } from "../world/state";

/** A model that the service offers. Dates are UTC days; they move, so they are data, not rules. */
export interface BaseModel {
  /** Name with version, as job requests and the models list use it. */
  id: string;
  /** Name alone, an alias of `id`; Resource Manager keeps the version apart. */
  name: string;
  version: string;
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

const TWO_REGIONS = ["northcentralus", "swedencentral"];
const TRAINING_TYPES = ["standard", "dataZoneStandard", "globalStandard"];
const SKUS = ["Standard", "DataZoneStandard", "GlobalStandard", "ProvisionedManaged"];

/**
 * Methods and regions: Microsoft's page of fine-tunable models, 2026-10-06. Dates: its retirement schedule, 2026-10-05.
 * Deployment types: "Developer deployment is not supported for gpt-4o and gpt-4o-mini" (deployment guide, 2026-10), no
 * provisioned one for o4-mini and Standard alone for gpt-5, which has no Developer training either. Context and output:
 * the model tables; a deployment's type may allow less. Any account can tune gpt-5 here; Azure requires an invitation.
 * The embedding model represents all that cannot be tuned.
 */
export const baseModels: BaseModel[] = [
  chatModel("gpt-4o-mini", "2024-07-18", {
    methods: ["supervised"],
    fineTuneEndsOn: "2027-04-01",
    retiresOn: "2027-04-14",
    tunedRetireOn: "2027-10-01",
    tunedSkus: SKUS,
  }),
  chatModel("gpt-4o", "2024-08-06", {
    methods: ["supervised", "dpo"],
    standardRegions: ["eastus2", ...TWO_REGIONS],
    fineTuneEndsOn: "2027-04-01",
    retiresOn: "2027-04-14",
    tunedRetireOn: "2027-10-01",
    tunedSkus: SKUS,
  }),
  ...["gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano"].map((name) =>
    chatModel(name, "2025-04-14", {
      methods: ["supervised", "dpo"],
      fineTuneEndsOn: "2027-04-14",
      retiresOn: "2027-04-14",
      tunedRetireOn: "2027-10-14",
      tunedSkus: [...SKUS, "DeveloperTier"],
      contextTokens: 1_047_576,
      outputTokens: 32_768,
    }),
  ),
  chatModel("o4-mini", "2025-04-16", {
    methods: ["reinforcement"],
    standardRegions: ["eastus2", "swedencentral"],
    fineTuneEndsOn: "2027-05-19",
    retiresOn: "2026-11-19",
    tunedRetireOn: "2027-11-19",
    tunedSkus: ["Standard", "DataZoneStandard", "GlobalStandard", "DeveloperTier"],
    contextTokens: 200_000,
    outputTokens: 100_000,
    reasoning: true,
    reasoningEfforts: ["low", "medium", "high"],
  }),
  chatModel("gpt-5", "2025-08-07", {
    methods: ["reinforcement"],
    trainingTypes: TRAINING_TYPES,
    retiresOn: "2027-02-09",
    tunedSkus: ["Standard"],
    contextTokens: 400_000,
    outputTokens: 128_000,
    reasoning: true,
    reasoningEfforts: ["minimal", "low", "medium", "high"],
  }),
  {
    id: "text-embedding-3-small",
    name: "text-embedding-3-small",
    version: "1",
    createdOn: "2024-01-25",
    methods: [],
    trainingTypes: [],
    standardRegions: [],
    retiresOn: "2027-04-14",
    tunedSkus: [],
    contextTokens: 8_191,
    outputTokens: 0,
    chat: false,
    reasoning: false,
    reasoningEfforts: [],
    embeddings: true,
  },
];

/**
 * @param facts - unless given: all training types, regions North Central US and Sweden Central, a context of 128,000
 * tokens
 */
function chatModel(
  name: string,
  version: string,
  facts: Pick<BaseModel, "methods" | "retiresOn" | "tunedSkus"> & Partial<BaseModel>,
): BaseModel {
  return {
    id: `${name}-${version}`,
    name,
    version,
    createdOn: version,
    trainingTypes: [...TRAINING_TYPES, "developerTier"],
    standardRegions: TWO_REGIONS,
    contextTokens: 128_000,
    outputTokens: 16_384,
    chat: true,
    reasoning: false,
    reasoningEfforts: [],
    embeddings: false,
    ...facts,
  };
}
