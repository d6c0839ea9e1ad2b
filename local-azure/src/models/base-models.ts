import type { BaseModel } from "./base-model";
import { openModels } from "./open-models";

export { isOfferedOn, type BaseModel } from "./base-model";

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
  ...openModels,
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
