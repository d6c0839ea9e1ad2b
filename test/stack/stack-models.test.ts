import { describe, expect, it } from "@jest/globals";
import { stackModels } from "../../stack/stack-models";
import { summary } from "../../commands/plan/outcome";
import { answerOf, deploymentOf, type Phase, phases } from "../report/phase-states";

const states = phases({
  ...{ accountId: "/subscriptions/s", account: "acct", location: "swedencentral" },
  old: { jobId: "ftjob-old", model: "gpt-4o-mini-2024-07-18.ft-old", trainingFileId: "file-old", createdAt: 100 },
  next: { jobId: "ftjob-next", model: "gpt-4o-mini-2024-07-18.ft-next", trainingFileId: "file-next", createdAt: 200 },
});
const oldModel = "gpt-4o-mini-2024-07-18.ft-old";
const nextModel = "gpt-4o-mini-2024-07-18.ft-next";

/** Job, its model, its deployment, its proof; then the same of an earlier job. */
type Row = [Phase, string, (string | undefined)[], (string | undefined)[] | undefined];
const served = [deploymentOf.old, answerOf.old];
const rows: Row[] = [
  ["first training", "ftjob-next", [undefined, undefined, undefined], undefined],
  ["settled", "ftjob-next", [nextModel, deploymentOf.next, answerOf.next], undefined],
  [
    "next data validated, job refused before it was submitted",
    ...(["ftjob-old", [oldModel, ...served], undefined] as const),
  ],
  ["new job running, up still waiting", "ftjob-next", [undefined, undefined, undefined], ["ftjob-old", ...served]],
  ["new job running, up ended", "ftjob-next", [undefined, undefined, undefined], ["ftjob-old", ...served]],
  ["new job paused", "ftjob-next", [undefined, undefined, undefined], ["ftjob-old", ...served]],
  ["new job failed", "ftjob-next", [undefined, undefined, undefined], ["ftjob-old", ...served]],
  ["new model refused", "ftjob-next", [undefined, undefined, undefined], ["ftjob-old", ...served]],
  ["new model not deployed yet", "ftjob-next", [nextModel, undefined, undefined], ["ftjob-old", ...served]],
  [
    "new model deployed beside the old one, not proved",
    ...(["ftjob-next", [nextModel, deploymentOf.next, undefined], ["ftjob-old", ...served]] as const),
  ],
  [
    "old deployment deleted for the new one",
    ...(["ftjob-next", [nextModel, undefined, undefined], ["ftjob-old", undefined, answerOf.old]] as const),
  ],
  [
    "the deployment's model is of no known job",
    ...(["ftjob-next", [undefined, undefined, undefined], [undefined, ...served]] as const),
  ],
] as Row[];

it("the table holds every phase", () => {
  expect(rows.map(([phase]) => phase)).toEqual(Object.keys(states));
});

it.each(rows)("%s: each part belongs to the job that made it", (phase, job, own, earlier) => {
  const models = stackModels(states[phase]);
  expect(models.job?.jobId).toBe(job);
  expect([models.model?.fineTunedModel, models.deployment?.name, models.probe?.answer]).toEqual(own);
  const { earlier: other } = models;
  expect(other && [other.jobId, other.deployment?.name, other.probe?.answer]).toEqual(earlier);
  expect(other?.name).toBe(earlier && oldModel);
});

it.each(rows)("%s: in whatever order the state has them", (phase) => {
  const { resources } = states[phase].deployment;
  const turned = { deployment: { resources: [...resources!].reverse() } };
  expect(stackModels(turned)).toEqual(stackModels(states[phase]));
});

describe("a checkpoint", () => {
  it("is of the job that made its model", () => {
    const state = structuredClone(states["new model deployed beside the old one, not proved"]);
    for (const { type, outputs } of state.deployment.resources!) {
      const model = (outputs?.["properties"] as { model: { name: string } } | undefined)?.model;
      if (type.endsWith(":Deployment") && model) model.name = `${model.name}:ckpt-step-40`;
    }
    const { deployment, earlier } = stackModels(state);
    expect(deployment?.model).toBe(`${nextModel}:ckpt-step-40`);
    expect([earlier?.jobId, earlier?.name]).toEqual(["ftjob-old", `${oldModel}:ckpt-step-40`]);
  });
});

it("an older state, whose model names no job and whose proof names no model, is of the one job there is", () => {
  const resources = states.settled.deployment.resources!.map((one) => {
    const { jobId, fineTunedModel, answeredBy, ...rest } = one.outputs as Record<string, unknown>;
    if (one.type.endsWith(":TrainedModel")) return { ...one, outputs: { ...rest, fineTunedModel } };
    return one.type.endsWith(":ChatProbe")
      ? { ...one, outputs: rest }
      : { ...one, outputs: { ...one.outputs, answeredBy, jobId } };
  });
  const models = stackModels({ deployment: { resources } });
  expect([models.model?.fineTunedModel, models.deployment?.name, models.probe?.answer]).toEqual([
    ...[nextModel, deploymentOf.next, answerOf.next],
  ]);
  expect(models.earlier).toBeUndefined();
});

describe("the summary of npm start", () => {
  const text = (phase: Phase) => summary(states[phase], { same: 1 }).replace(/\u001b\[\d+m/g, "");

  it("puts what serves now under a name of its own, with its own job and bill", () => {
    const lines = text("new job running, up ended").split("\n");
    const rows = lines.flatMap(
      (line) => /^ {2}(job|model|bill|serving now|its job|its bill) {2,}(.*)$/.exec(line) ?? [],
    );
    expect(rows.filter((_, index) => index % 3 !== 0)).toEqual([
      ...["job", "ftjob-next", "serving now", oldModel],
      ...["its job", "ftjob-old", "its bill", "18,000 tokens billed"],
    ]);
    expect(lines).toContain(`${oldModel} answered:`);
  });

  it("says nothing of an earlier model once there is none", () => {
    expect(text("settled")).not.toMatch(/serving now|its bill|answered:/);
  });
});
