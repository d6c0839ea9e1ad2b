import type { BaseModel } from "./base-model";

/**
 * Models that Foundry accounts alone tune. Format, version, quota's name and the date: Resource Manager's list of models of eastus2 (recorded by
 * Azure/azure-dev, 2026-04). Method, training types and deployment type: Microsoft's page of fine-tunable models, 2026-10-06. That a job
 * answers with name and version is read off the name of a tuned model (`gpt-oss-20b-11.ft-...`, microsoft/azure-skills). Context and output
 * are guesses.
 */
export const openModels: BaseModel[] = [
  openModel("gpt-oss-20b", "11", "OpenAI-OSS", "GPT-OSS-20B-Finetune"),
  openModel("qwen3-32b", "1", "Alibaba", "Qwen3-32B-finetune"),
  openModel("Llama-3.3-70B-Instruct", "9", "Meta", "Llama-3.3-70B-Instruct-Finetune"),
  openModel("Ministral-3B", "1", "Mistral AI", "Ministral-3B-finetune"),
];

function openModel(name: string, version: string, format: string, tunedQuota: string): BaseModel {
  return {
    id: `${name}-${version}`,
    name,
    version,
    format,
    accountKinds: ["AIServices"],
    tunedQuota,
    createdOn: "2025-10-01",
    methods: ["supervised"],
    trainingTypes: ["dataZoneStandard", "globalStandard"],
    standardRegions: [],
    retiresOn: "2099-12-31",
    tunedSkus: ["GlobalStandard"],
    contextTokens: 128_000,
    outputTokens: 16_384,
    chat: true,
    reasoning: false,
    reasoningEfforts: [],
    embeddings: false,
  };
}
