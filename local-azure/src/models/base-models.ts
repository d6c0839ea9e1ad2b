import type { JobMethod } from "../world/state";

/** A model that the service brings along. Dates are UTC days; they move, so they are data, not rules. */
export interface BaseModel {
  /** Name with version, as job requests and the models list use it. */
  id: string;
  /** Name alone, an alias of `id`; Resource Manager keeps the version apart. */
  name: string;
  version: string;
  createdOn: string;
  /** Fine-tuning methods it takes; none = cannot be tuned. */
  methods: JobMethod["type"][];
  /** Regions where it is trained in place (training type Standard). */
  standardRegions: string[];
  /** Training of new models ends. */
  fineTuneEndsOn?: string;
  /** Base deployments retire. */
  retiresOn: string;
  /** Deployments of tuned models retire. */
  tunedRetireOn?: string;
  /** Tokens of a conversation at most. */
  contextTokens: number;
  chat: boolean;
  /** Whether it thinks before it answers, and so takes no sampling parameters. */
  reasoning: boolean;
  embeddings: boolean;
}

const twoRegions = ["northcentralus", "swedencentral"];

/** Other than the 128,000 of the gpt-4o family (model tables); a deployment's type may allow less. */
const contextWindows: Record<string, number> = {
  "gpt-4.1": 1_047_576,
  "gpt-4.1-mini": 1_047_576,
  "gpt-4.1-nano": 1_047_576,
  "o4-mini": 200_000,
};

/**
 * Methods and regions: Microsoft's page of fine-tunable models, 2026-10-06. Dates: its retirement schedule, 2026-10-05.
 * The embedding model stands for all that cannot be tuned.
 */
export const baseModels: BaseModel[] = [
  chatModel("gpt-4o-mini", "2024-07-18", ["supervised"], twoRegions, "2027-04-01", "2027-04-14", "2027-10-01"),
  chatModel(
    "gpt-4o",
    "2024-08-06",
    ["supervised", "dpo"],
    ["northcentralus", "swedencentral", "eastus2"],
    "2027-04-01",
    "2027-04-14",
    "2027-10-01",
  ),
  chatModel("gpt-4.1", "2025-04-14", ["supervised", "dpo"], twoRegions, "2027-04-14", "2027-04-14", "2027-10-14"),
  chatModel("gpt-4.1-mini", "2025-04-14", ["supervised", "dpo"], twoRegions, "2027-04-14", "2027-04-14", "2027-10-14"),
  chatModel("gpt-4.1-nano", "2025-04-14", ["supervised", "dpo"], twoRegions, "2027-04-14", "2027-04-14", "2027-10-14"),
  chatModel(
    "o4-mini",
    "2025-04-16",
    ["reinforcement"],
    ["eastus2", "swedencentral"],
    "2027-05-19",
    "2026-11-19",
    "2027-11-19",
  ),
  {
    id: "text-embedding-3-small",
    name: "text-embedding-3-small",
    version: "1",
    createdOn: "2024-01-25",
    methods: [],
    standardRegions: [],
    retiresOn: "2027-04-14",
    contextTokens: 8_191,
    chat: false,
    reasoning: false,
    embeddings: true,
  },
];

function chatModel(
  name: string,
  version: string,
  methods: JobMethod["type"][],
  standardRegions: string[],
  fineTuneEndsOn: string,
  retiresOn: string,
  tunedRetireOn: string,
): BaseModel {
  const id = `${name}-${version}`;
  const common = { id, name, version, createdOn: version, methods, standardRegions };
  const contextTokens = contextWindows[name] ?? 128_000;
  const reasoning = /^(o\d|gpt-5)/.test(name);
  return {
    ...common,
    fineTuneEndsOn,
    retiresOn,
    tunedRetireOn,
    contextTokens,
    chat: true,
    reasoning,
    embeddings: false,
  };
}
