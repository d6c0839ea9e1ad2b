import fc from "fast-check";
import type { StepInput } from "./digest";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What decides about a preview. */
export const situations = fc.record({
  /** `first`: the stack has no job yet. */
  job: fc.constantFrom("first", "same", "update", "replace"),
  /** What a job that is made is. */
  made: fc.constantFrom("new", "there and succeeded", "there and running", "there and paused", "existingJobId"),
  /** How the job in the state ended. */
  old: fc.constantFrom("deployed", "refused", "running", "failed", "lost"),
  retain: fc.boolean(),
  /** `gone`: a refresh did not find it. */
  deploymentBefore: fc.constantFrom("there", "none", "gone"),
  enabled: fc.boolean(),
  renamed: fc.boolean(),
  capacity: fc.constantFrom(1, 2),
  mode: fc.constantFrom("blueGreen", "recreate", "inPlace"),
  gate: fc.constantFrom(undefined, 0.0001, 100),
  gateBefore: fc.constantFrom(undefined, 0.5),
  wait: fc.boolean(),
  budget: fc.constantFrom(undefined, 1000, 1500),
});
export type Situation = typeof situations extends fc.Arbitrary<infer T> ? T : never;

const estimate = (hosted: boolean) => ({
  ...{ epochs: { low: 2, high: 2 }, trainingTokens: { low: 1000, high: 1000 }, trainingUsd: { low: 90, high: 90 } },
  ...{ hostingUsdPerHour: hosted ? 1.7 : 0, hostingUsdPerMonth: hosted ? 1241 : 0, priceDate: "2026-08-11" },
  assumptions: [],
});

/** The steps of a preview as the engine and the providers come to them; undefined for what cannot be. */
export function stepsOf(at: Situation): StepInput[] | undefined {
  const made = at.job === "first" || at.job === "replace";
  // The budget stops a run that trains or hosts more, and its preview fails.
  const overBudget = at.budget === 1000 && at.enabled;
  if (overBudget && (at.deploymentBefore === "none" || (made && at.made === "new"))) return undefined;
  if (at.job === "first" && at.deploymentBefore !== "none") return undefined;
  if (["failed", "lost", "running"].includes(at.old) && at.deploymentBefore === "there") return undefined;
  const takesOver =
    made && at.made.startsWith("there") ? { jobId: "ftjob-2", status: at.made.split(" ")[2]! } : undefined;
  const named =
    made && at.made === "existingJobId"
      ? { existingJobId: "ftjob-2", takesOver: { jobId: "ftjob-2", status: "succeeded" } }
      : {};
  const modelKnown = !made ? at.old === "deployed" : at.made === "existingJobId" || at.made === "there and succeeded";
  const name = made ? "model-2" : "model-1";
  const settings = { model: "gpt-4o-mini-2024-07-18", method: "supervised", trainingType: "Standard" };
  const retain = at.retain ? { retain: { model: true } } : {};
  const job: StepInput = {
    ...{ type: "FineTuningJob", op: at.job === "first" ? "create" : at.job },
    inputs: { ...settings, trainingSha256: (made ? "b" : "a").repeat(64), ...named, ...(takesOver && { takesOver }) },
    old: { ...settings, trainingSha256: "a".repeat(64), ...retain },
    outputs: { jobId: "ftjob-1", record: at.old === "lost" ? "lost" : "present" },
  };
  const outcome = {
    ...{
      deployed: { status: "succeeded", fineTunedModel: "model-1" },
      refused: { status: "succeeded", candidate: "model-1" },
    },
    ...{
      running: { status: "running" },
      failed: { status: "failed" },
      lost: { status: "succeeded", fineTunedModel: "model-1" },
    },
  }[at.old];
  const gate = (limit: number | undefined) => (limit === undefined ? {} : { gate: { maxValidationLoss: limit } });
  const model: StepInput = {
    type: "TrainedModel",
    op: made ? job.op : ["deployed", "lost"].includes(at.old) ? "same" : "update",
    inputs: {
      checkpoint: "last",
      wait: at.wait,
      ...gate(at.gate),
      ...(made && modelKnown && { fineTunedModel: name }),
    },
    old: { checkpoint: "last", wait: true, ...gate(at.gateBefore) },
    outputs: { ...outcome, final: { step: 9, fullValidLoss: 7 } },
  };
  const served = made && modelKnown ? name : modelKnown || at.old === "lost" ? "model-1" : UNKNOWN;
  const servedBefore = at.old === "refused" ? (at.retain ? "model-2" : "model-0") : "model-1";
  const inputsOf = (deploymentName: string, capacity: number, modelName: string) => ({
    ...{ deploymentName, sku: { name: "Standard", capacity }, properties: { model: { name: modelName } } },
  });
  const now = inputsOf(at.renamed ? "other" : "tuned", at.capacity, served);
  const before = inputsOf("tuned", 1, servedBefore);
  const op = operationOf(at, before.properties.model.name !== served);
  const type = "azure-native:cognitiveservices:Deployment";
  const deployment: StepInput[] = op === undefined ? [] : [{ type, op, inputs: now, old: before }];
  const hostedBefore = at.job !== "first" && (at.deploymentBefore !== "none" || at.enabled);
  const cost: StepInput = {
    ...{ type: "CostEstimate", op: at.job === "first" ? "create" : "same" },
    inputs: { estimate: estimate(at.enabled), ...(at.budget && { budget: { maxHostingUsdPerMonth: at.budget } }) },
    old: { estimate: estimate(hostedBefore) },
  };
  const probe: StepInput[] = at.enabled ? [{ type: "ChatProbe", op: "update", inputs: { switch: at.mode } }] : [];
  return [job, model, ...deployment, ...probe, cost];
}

function operationOf(at: Situation, otherModel: boolean): string | undefined {
  if (at.deploymentBefore === "there" && !at.enabled) return "delete";
  if (!at.enabled) return undefined;
  if (at.deploymentBefore !== "there") return "create";
  if (at.renamed || (otherModel && at.mode === "recreate")) return "replace";
  return otherModel || at.capacity !== 1 ? "update" : "same";
}
