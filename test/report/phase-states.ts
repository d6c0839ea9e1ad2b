import type { StackExport, StackResource } from "../../stack/stack-state";

/** Two trainings of one stack, as a service or a test names them. */
export interface TwoTrainings {
  accountId: string;
  account: string;
  location: string;
  old: Training;
  next: Training;
}

export interface Training {
  jobId: string;
  /** The model that it makes. */
  model: string;
  trainingFileId: string;
  createdAt: number;
}

export const tokensOf = { old: 5000, next: 7000 };
export const answerOf = { old: "Old answer.", next: "New answer." };
export const shaOf = { old: "0a".repeat(32), next: "1b".repeat(32) };
export const billOf = { old: 18_000, next: 21_000 };
export const deploymentOf = { old: "tuned-aaaaaa", next: "tuned-bbbbbb" };

type Which = "old" | "next";

/** What the state holds at each point of an `up` that replaces a model, by the point at which it ended. Names of old and new never mix. */
export function phases(two: TwoTrainings) {
  const gone = (resource: StackResource): StackResource => ({ ...resource, delete: true });
  const base = (data: Which) => [
    resource("azure-native:cognitiveservices:Account", { name: two.account, location: two.location }, two.accountId),
    dataset(data),
    estimate(two, data),
  ];
  const job = (which: Which, status: string) => jobOf(two, which, status);
  const upload = (which: Which) => uploadOf(two, which);
  const trained = (which: Which, more: object = {}) => trainedOf(two, which, more);
  const deployment = (which: Which) => deploymentWith(two, which);
  const probe = (which: Which) => probeOf(two, which);
  const waiting = (status: string) => finetune("TrainedModel", { jobId: two.next.jobId, checkpoint: "last", status });
  const served = (which: Which) => [deployment(which), probe(which)];
  /** The old job and its file wait for their deletion. */
  const replaced = (status: string) => [
    ...base("next"),
    ...[upload("next"), gone(upload("old")), job("next", status), gone(job("old", "succeeded"))],
  ];
  const refused = trained("next", { fineTunedModel: undefined, candidate: two.next.model });
  const states = {
    "first training": [...base("next"), upload("next"), job("next", "running")],
    settled: [...base("next"), upload("next"), job("next", "succeeded"), trained("next"), ...served("next")],
    "next data validated, job refused before it was submitted": [
      ...[...base("next"), upload("next"), gone(upload("old"))],
      ...[job("old", "succeeded"), trained("old"), ...served("old")],
    ],
    "new job running, up still waiting": [...replaced("running"), trained("old"), ...served("old")],
    "new job running, up ended": [...replaced("running"), waiting("running"), gone(trained("old")), ...served("old")],
    "new job paused": [...replaced("paused"), waiting("paused"), gone(trained("old")), ...served("old")],
    "new job failed": [...replaced("failed"), waiting("failed"), gone(trained("old")), ...served("old")],
    "new model refused": [...replaced("succeeded"), refused, gone(trained("old")), ...served("old")],
    "new model not deployed yet": [...replaced("succeeded"), trained("next"), gone(trained("old")), ...served("old")],
    "new model deployed beside the old one, not proved": [
      ...[...replaced("succeeded"), trained("next"), gone(trained("old"))],
      ...[deployment("next"), gone(deployment("old")), probe("old")],
    ],
    "old deployment deleted for the new one": [
      ...[...replaced("succeeded"), trained("next"), gone(trained("old"))],
      ...[{ ...deployment("old"), pendingReplacement: true }, probe("old")],
    ],
    "the deployment's model is of no known job": [
      ...[...base("next"), upload("next"), job("next", "running")],
      ...[deployment("old"), probe("old")],
    ],
  } satisfies Record<string, StackResource[]>;
  return Object.fromEntries(
    Object.entries(states).map(([name, resources]) => [name, { deployment: { resources } }]),
  ) as Record<keyof typeof states, StackExport>;
}

export type Phase = keyof ReturnType<typeof phases>;

function dataset(which: Which): StackResource {
  const statistics = { min: 1, p5: 1, p10: 1, median: 1, mean: 1, p90: 1, p95: 1, max: 1, sum: tokensOf[which] };
  return finetune("Dataset", {
    ...{ path: `${which}.jsonl`, role: "training", sha256: shaOf[which], bytes: 1, examples: 60 },
    ...{ tokens: { total: statistics, assistant: statistics }, model: "gpt-4o-mini", method: "supervised" },
    warnings: [],
  });
}

function estimate({ location }: TwoTrainings, which: Which): StackResource {
  const tokens = tokensOf[which];
  return finetune("CostEstimate", {
    ...{ model: "gpt-4o-mini-2024-07-18", method: "supervised", trainingType: "Standard", location, deploy: true },
    ...{ epochs: 3, trainingTokens: tokens },
    estimate: {
      ...{ epochs: { low: 3, high: 3 }, trainingTokens: { low: 3 * tokens, high: 3 * tokens }, trainingUsd: null },
      ...{ priceDate: "2026-08-11", assumptions: [], hostingUsdPerHour: 1.7 },
    },
  });
}

function uploadOf(two: TwoTrainings, which: Which): StackResource {
  return finetune("TrainingFile", {
    ...{ fileId: two[which].trainingFileId, path: `${which}.jsonl`, sha256: shaOf[which] },
  });
}

function jobOf(two: TwoTrainings, which: Which, status: string): StackResource {
  const { jobId, trainingFileId, createdAt } = two[which];
  return finetune("FineTuningJob", {
    ...{ jobId, trainingFileId, createdAt, status, trainingSha256: shaOf[which], accountId: two.accountId },
    ...{ model: "gpt-4o-mini-2024-07-18", method: "supervised", trainingType: "Standard", adopted: false },
    ...{ hyperparameters: { nEpochs: 3 }, trainingKey: which.padEnd(64, "0"), suffix: `ft-${which}` },
  });
}

function trainedOf(two: TwoTrainings, which: Which, more: object): StackResource {
  return finetune("TrainedModel", {
    ...{ jobId: two[which].jobId, checkpoint: "last", status: "succeeded", fineTunedModel: two[which].model },
    ...{ billedTokens: billOf[which], run: { examples: 60, tokens: tokensOf[which] }, ...more },
  });
}

function deploymentWith(two: TwoTrainings, which: Which): StackResource {
  const model = { format: "OpenAI", name: two[which].model, version: "1" };
  return resource("azure-native:cognitiveservices:Deployment", {
    ...{ name: deploymentOf[which], sku: { name: "Standard", capacity: 1 }, properties: { model } },
  });
}

function probeOf(two: TwoTrainings, which: Which): StackResource {
  const { model } = two[which];
  return finetune("ChatProbe", {
    ...{ deploymentName: deploymentOf[which], fineTunedModel: model, answeredBy: model, question: "What is AI?" },
    ...{ answer: answerOf[which], systemMessage: "Be brief.", latencyMs: 59, promptTokens: 28, completionTokens: 12 },
  });
}

function finetune(name: string, outputs: Record<string, unknown>): StackResource {
  return resource(`pulumi-nodejs:dynamic/finetune:${name}`, outputs);
}

function resource(type: string, outputs: Record<string, unknown>, id = "id"): StackResource {
  return { urn: `urn:pulumi:local::azure-openai-finetune::${type}::one`, type, id, outputs };
}
