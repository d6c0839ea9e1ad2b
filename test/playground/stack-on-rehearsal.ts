import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import type { ResultsOf } from "../../report/evaluation/facts";
import type { StackSource } from "../../report/stack-source";
import { StackView } from "../../report/stack-view";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { validateDataset } from "../../datasets";
import type { FileRole } from "../../datasets/report";
import type { StackExport, StackResource } from "../../stack/stack-state";
import { clockOf, deploy, type Rehearsal, submitJob, upload } from "../support/rehearsal";

export const baseModel = "gpt-4o-mini-2024-07-18";
export const tunedDeployment = "tuned";
export const baseDeployment = "base";

/** Rows whose answers tell which one was learned. */
export function lessons(count: number): string {
  const topics = ["perceptrons", "gradients", "overfitting", "tokens", "embeddings", "attention", "agents", "search"];
  const row = (index: number) => ({
    messages: [
      { role: "system", content: "The system is an AI teacher that helps people learn about AI" },
      { role: "user", content: `What are ${topics[index % topics.length]} number ${index}?` },
      {
        role: "assistant",
        content: `Lesson ${index}: ${topics[index % topics.length]} are best learned step by step, with care.`,
      },
    ],
  });
  return Array.from({ length: count }, (_, index) => `${JSON.stringify(row(index))}\n`).join("");
}

/** A stack's state as `pulumi stack export` tells it, for a job in a rehearsal service. */
export interface StackOnRehearsal {
  view: StackView;
  source: StackSource;
  jobId: string;
  /** From now on the state has another job, with the same data. */
  follow(job: { jobId: string; model: string; method: string; trainingType: string }): void;
  /** The job ends, the model is deployed, and a base model beside it. @param versions - the register then. Default: there is none. */
  finish(versions?: (model: string) => ModelVersion[]): Promise<void>;
}

const stack = "local";

/** Uploads data and submits a job, as an `up` would have done. @param results - evaluations that are on the machine. Default: none. */
export async function stackOnRehearsal(rehearsal: Rehearsal, results?: ResultsOf): Promise<StackOnRehearsal> {
  const { account, service, accountId, location } = rehearsal;
  const training = upload(rehearsal, "training.jsonl", lessons(40));
  const validation = upload(rehearsal, "validation.jsonl", lessons(12));
  const jobId = await submitJob(rehearsal, training.fileId, validation.fileId);
  const resources: StackResource[] = [
    resource("azure-native:cognitiveservices:Account", {
      name: account.name,
      location,
      properties: { endpoint: service.endpointOf(account), disableLocalAuth: false },
    }),
    await dataset(rehearsal, "training", "training.jsonl"),
    await dataset(rehearsal, "validation", "validation.jsonl"),
    finetune("CostEstimate", estimate(location)),
    finetune("FineTuningJob", {
      ...{ jobId, accountId, location, model: baseModel, method: "supervised", trainingType: "Standard" },
      ...{ status: "running", createdAt: seconds(rehearsal), suffix: "ft-12345678", trainingKey: "a".repeat(64) },
      ...{ adopted: false, trainingFileId: training.fileId, validationFileId: validation.fileId },
    }),
  ];
  resources[0]!.id = accountId;
  const source: StackSource = {
    stack,
    state: () => Promise.resolve({ deployment: { resources } } satisfies StackExport),
    updates: () => Promise.resolve([{ startedAt: 0, commit: "c0ffee", dirty: false, pulumi: "v3.230.0" }]),
  };
  const azure = await rehearsal.newProcess().azure();
  return {
    view: new StackView(source, azure, clockOf(service), results),
    source,
    jobId,
    follow: (job) => {
      const submitted = resources.find(({ type }) => type === finetuneType("FineTuningJob"))!;
      submitted.outputs = { ...(submitted.outputs as object), ...job };
    },
    finish: async (versions) => {
      // Longer than the training, shorter than an access token lives.
      service.advance(1_800_000);
      const { fine_tuned_model: model } = await (await azure.dataPlane(accountId)).jobs.get(jobId);
      if (!model) throw new Error("The rehearsal's job made no model.");
      deploy(rehearsal, tunedDeployment, model);
      deploy(rehearsal, baseDeployment, baseModel);
      resources.push(...served(model, jobId));
      if (versions) resources.push(finetune("ModelVersions", { versions: versions(model) }));
    },
  };
}

function served(model: string, jobId: string): StackResource[] {
  return [
    finetune("TrainedModel", { jobId, checkpoint: "last", fineTunedModel: model, trainedTokens: 5000 }),
    resource("azure-native:cognitiveservices:Deployment", {
      name: tunedDeployment,
      sku: { name: "Standard", capacity: 1 },
    }),
    finetune("ChatProbe", {
      ...{ deploymentName: tunedDeployment, question: "What are tokens?", answer: "Tokens are pieces of text." },
      ...{ systemMessage: "The system is an AI teacher that helps people learn about AI", answeredBy: model },
      ...{ latencyMs: 59, promptTokens: 28, completionTokens: 12 },
    }),
  ];
}

async function dataset(rehearsal: Rehearsal, role: FileRole, name: string): Promise<StackResource> {
  const { path } = rehearsal.file(name, lessons(role === "training" ? 40 : 12));
  const report = await validateDataset({ path, role, model: baseModel, method: "supervised" });
  const { sha256, bytes, examples, tokens } = report;
  return finetune("Dataset", {
    ...{ path, role, sha256, bytes, examples, tokens },
    model: baseModel,
    method: "supervised",
    warnings: [],
  });
}

function estimate(location: string) {
  return {
    ...{ model: baseModel, method: "supervised", trainingType: "Standard", location, deploy: true },
    estimate: {
      epochs: { low: 1, high: 3 },
      trainingTokens: { low: 2000, high: 6000 },
      trainingUsd: { low: 0.0066, high: 0.0198 },
      hostingUsdPerHour: 1.7,
      priceDate: "2026-08-11",
      assumptions: ["The number of epochs is 'auto', so the service chooses it; this estimate assumes 1 to 3."],
    },
  };
}

function finetune(name: string, outputs: Record<string, unknown>): StackResource {
  return resource(`pulumi-nodejs:dynamic/finetune:${name}`, outputs);
}

function resource(type: string, outputs: Record<string, unknown>): StackResource {
  return { urn: `urn:pulumi:${stack}::azure-openai-finetune::${type}::one`, type, id: "id", outputs };
}

function seconds(rehearsal: Rehearsal): number {
  return Math.floor(rehearsal.service.world.clock.now() / 1000);
}
