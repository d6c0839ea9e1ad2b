import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import type { StackExport } from "../../stack/stack-state";

const finetune = (type: string) => `pulumi-nodejs:dynamic/finetune:${type}`;
export const development = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/dev-ai";

/** A version as the promoting stack's register has it; in the stack `dev` its number is one higher. */
export const promotedVersion = (version: number, status: ModelVersion["status"]): ModelVersion => ({
  ...{ version, status, jobId: `ftjob-${version}`, trainingKey: `k${version}`, fineTunedModel: `gpt.ft-${version}` },
  ...{ checkpoint: "last", base: "gpt-4o-mini-2024-07-18", trainingSha256: "5a".repeat(32), trainingExamples: 68 },
  ...{ validationSha256: "6b".repeat(32), trainedAt: Date.parse("2026-11-20T08:30:00Z") / 1000, adopted: false },
  promotedFrom: { stack: "dev", version: version + 1, accountId: development },
});

/** State of a stack that has promoted two versions, the second one last. @param serves - which of them its deployment has */
export function promotedState(serves: 1 | 2): StackExport {
  const versions = [
    promotedVersion(2, serves === 2 ? "serving" : "kept"),
    promotedVersion(1, serves === 1 ? "serving" : "kept"),
  ];
  const { version: _, status: _status, ...version } = versions[0]!;
  const resource = (type: string, outputs: object) => ({
    ...{ urn: `urn:pulumi:prod::p::${type}::${type}`, type, id: "id", custom: true, outputs },
  });
  const model = { name: `gpt.ft-${serves}`, source: development };
  const resources = [
    {
      ...resource("azure-native:cognitiveservices:Account", { name: "prod-ai", location: "swedencentral" }),
      id: development.replace("dev-ai", "prod-ai"),
    },
    resource(finetune("PromotedVersion"), { version }),
    resource(finetune("CostEstimate"), {
      ...{ hostingOnly: true, deploy: true, estimate: { hostingUsdPerHour: 1.7, hostingUsdPerMonth: 1241 } },
    }),
    resource(finetune("ModelVersions"), { versions, jobId: "ftjob-2" }),
    {
      ...resource("azure-native:cognitiveservices:Deployment", {
        ...{ name: "tutor", sku: { name: "Standard", capacity: 1 }, properties: { model } },
      }),
      inputs: { deploymentName: "tutor" },
    },
    resource(finetune("ChatProbe"), {
      ...{ deploymentName: "tutor", fineTunedModel: model.name, question: "Q?", answer: "A.", systemMessage: "s" },
    }),
  ];
  return { deployment: { resources } } as unknown as StackExport;
}
