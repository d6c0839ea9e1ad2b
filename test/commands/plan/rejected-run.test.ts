import { describe, expect, it } from "@jest/globals";
import { rejectedSummary } from "../../../commands/plan/rejected-run";
import { rejection } from "../../../dynamic-providers/model-versions/rejection";
import type { ModelVersion } from "../../../dynamic-providers/model-versions/schema";
import { DEPLOYMENT_TYPE, finetuneType } from "../../../dynamic-providers/runtime/resource-types";
import type { EngineEvent, RawState } from "../../../stack/up-events";

const urnOf = (type: string, name: string) => `urn:pulumi:s::p::finetune:index:FineTunedModel$${type}::${name}`;
const failed = (type: string, name: string, message: string): EngineEvent => ({
  diagnosticEvent: { urn: urnOf(type, name), severity: "error", message: `<{%reset%}>${message}<{%reset%}>\n` },
});
const step = (type: string, op: string, now: object, old: object = {}): EngineEvent => ({
  resourcePreEvent: {
    metadata: { op, type, urn: urnOf(type, "x"), old: { inputs: old } as RawState, new: { inputs: now } as RawState },
  },
});
const made = (type: string, op: string, outputs: object): EngineEvent => ({
  resOutputsEvent: { metadata: { op, type, urn: urnOf(type, "x"), new: { outputs } as RawState } },
});
const [GATE, VERSIONS] = [finetuneType("ReleaseGate"), finetuneType("ModelVersions")];

const evaluation = {
  ...{ passed: false, reasons: ["its mean score is 0.537, below evaluation.minScore 0.55"] },
  summary: "0.537 on 24 cases (95% interval 0.485 to 0.600)",
};
const version = (number: number, more: object) =>
  ({ version: number, jobId: `ftjob-${number}`, fineTunedModel: `ft-${number}`, ...more }) as unknown as ModelVersion;
const bad = version(2, { status: "rejected", evaluation });
const good = version(1, { status: "serving", evaluation: { passed: true, reasons: [] } });
const why = rejection({ candidate: bad, served: good }, { judged: true });
const register = (versions: ModelVersion[], rejected = why) =>
  step(VERSIONS, "update", {
    ...{ versions, rejected, jobId: "ftjob-2", deployed: true },
    servedModel: versions.includes(good) ? "ft-1" : "",
  });
const deployment = (op: string) => step(DEPLOYMENT_TYPE, op, { deploymentName: "tutor" });
const estimate = { trainingUsd: { low: 0.02, high: 0.06 }, trainingTokens: { low: 6_000, high: 18_000 } };
const training = [
  step(finetuneType("FineTuningJob"), "replace", {}),
  step(finetuneType("TrainedModel"), "replace", {}),
  step(finetuneType("CostEstimate"), "update", { estimate: { ...estimate, epochs: { low: 1, high: 3 } } }),
];
const atGate = failed(GATE, "x", why);
const said = (...events: EngineEvent[]) => rejectedSummary(events)?.replace(/\u001b\[\d+m/g, "");

it("says in few lines score and limit, what is deployed, what it cost and what to do", () => {
  const bill = made(finetuneType("TrainedModel"), "create-replacement", { billedTokens: 12_000 });
  expect(said(...training, register([bad, good]), deployment("same"), bill, atGate)).toBe(
    [
      "Rejected. Version 2 did not pass its evaluation: its mean score is 0.537, below evaluation.minScore 0.55.",
      "  deploys  version 1 as tutor, as before",
      "  cost     on Azure: training $0.04 (12,000 tokens billed)",
      "  next     change a threshold in `evaluation` (no charge), or change the data or settings to train a new version (you will be charged for that training); or set `deploy.version` to 1 to keep version 1 deployed",
    ].join("\n"),
  );
});

it("repeats neither the figures nor the model of the error above", () => {
  const text = said(register([bad, good]), deployment("same"), atGate);
  expect(text).not.toContain("95%");
  expect(text).not.toContain("ft-2");
});

it("names the checkpoint where another one of the same version serves, and the way back to that", () => {
  const serving = { ...good, checkpoint: "last" } as const;
  const candidate = { ...serving, checkpoint: 69, fineTunedModel: "ft-1:ckpt-step-69", evaluation } as ModelVersion;
  const rejected = rejection({ candidate, served: serving }, { judged: true });
  const { fineTunedModel, checkpoint, jobId } = candidate;
  const inputs = {
    ...{ versions: [serving], rejected, jobId, fineTunedModel, checkpoint, evaluation },
    deployed: true,
  };
  const events = [
    step(VERSIONS, "update", { ...inputs, servedModel: "ft-1" }),
    deployment("same"),
    failed(GATE, "x", rejected),
  ];
  expect(said(...events)).toMatch(
    /^Rejected\. Checkpoint 69 of version 1 did not pass its evaluation: its mean score is 0\.537, .*\n  deploys  version 1 as tutor, as before\n(.*\n)+.*; or set `deploy\.checkpoint` to last to keep that one deployed$/,
  );
});

describe("what is deployed", () => {
  it.each([
    ["as it was", [register([bad, good]), deployment("same"), atGate], "version 1 as tutor, as before"],
    [
      "with other settings",
      [register([bad, good]), deployment("update"), atGate],
      "version 1 as tutor, whose settings this run changed",
    ],
    [
      "by this run",
      [register([bad, good]), deployment("create"), atGate],
      "version 1 as tutor, which this run created",
    ],
    ["nowhere, by the settings", [register([bad, good]), atGate], "nothing"],
    [
      "nowhere, since no version may be",
      [
        register([bad], rejection({ candidate: bad }, { judged: true })),
        failed(VERSIONS, "x", rejection({ candidate: bad }, { judged: true })),
      ],
      "nothing yet",
    ],
  ])("is said: %s", (_, events, line) => {
    expect(said(...events)!.split("\n")[1]).toBe(`  deploys  ${line}`);
  });
});

it("has the estimate where the job's events tell no bill, and no training where none was", () => {
  expect(said(...training, register([bad, good]), deployment("same"), atGate)).toContain("training $0.02 to $0.06\n");
  expect(said(register([bad, good]), deployment("same"), atGate)).toContain("on Azure: no training cost\n");
});

it("has the bill of a job that an earlier run submitted, and this one waited for", () => {
  const [, , estimated] = training;
  const waited = step(finetuneType("TrainedModel"), "update", {}, { status: "running" });
  const bill = made(finetuneType("TrainedModel"), "update", { billedTokens: 18_000 });
  expect(said(estimated!, waited, register([bad, good]), deployment("same"), bill, atGate)).toContain(
    "on Azure: training $0.06 (18,000 tokens billed for the job that this run waited for)\n",
  );
});

it("explains Pulumi's errors about a plan whose deployment was not made", () => {
  const unreached = failed("a:b:C", "d", `expected resource operations for ${urnOf("a:b:C", "d")} but none were seen`);
  expect(said(register([bad, good]), deployment("same"), atGate, unreached)).toMatch(/ {2}note .*not that they failed/);
});

it("leaves other errors to what they say, also where the gate was not reached", () => {
  const notReached = failed(GATE, "x", `expected resource operations for ${urnOf(GATE, "x")} but none were seen`);
  expect(said(register([bad, good]), failed("a:b:C", "d", "no quota"), notReached)).toBeUndefined();
});
