import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Decision, decisionOf, differences, readDecision } from "../../../commands/preview-summary/decision";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { digest, type StepInput } from "./digest";
import { previewNames, recorded } from "./previews";

const decided = (text: string) => decisionOf(readPreview(text));

it.each(previewNames)("%s: its decision survives the way from job to job, and equals itself", (name) => {
  const decision = decided(recorded(name));
  const line = JSON.stringify(decision);
  expect(line).not.toContain("\n");
  expect(readDecision(line)).toEqual(decision);
  expect(differences(readDecision(line), decided(recorded(name)))).toEqual([]);
});

it("no two of the recorded previews pass for each other", () => {
  for (const approved of previewNames) {
    for (const now of previewNames.filter((name) => name !== approved))
      expect(differences(decided(recorded(approved)), decided(recorded(now)))).not.toEqual([]);
  }
});

it("names verdict and price", () => {
  const [approved, now] = [decided(recorded("no-change")), decided(recorded("model-change"))];
  expect(approved).toMatchObject({ verdict: "none", trainingUsd: { low: 0, high: 0 } });
  expect(now).toMatchObject({
    verdict: "retrains",
    trainingUsd: { low: expect.any(Number), high: expect.any(Number) },
  });
  expect(differences(approved, now)).toEqual(
    expect.arrayContaining([
      "verdict: approved none, now retrains",
      expect.stringMatching(/^training cost: approved \$0\.00, now \$/),
    ]),
  );
});

const money = fc.double({ min: 0, max: 1e5, noNaN: true });
const decision: fc.Arbitrary<Decision> = fc.record({
  stack: fc.constantFrom("dev", "prod"),
  verdict: fc.constantFrom("trains", "retrains", "waits", "changes"),
  trainingUsd: fc.option(fc.record({ low: money, high: money })),
  hostingUsdPerMonth: fc.option(money),
  changes: fc.constantFrom("a", "b"),
});

it("any difference in any part stops, however small; none does not", () => {
  fc.assert(
    fc.property(decision, decision, (one, other) => {
      const equal = JSON.stringify(one) === JSON.stringify(other);
      expect(differences(one, other).length === 0).toBe(equal);
      expect(differences(one, JSON.parse(JSON.stringify(one)) as Decision)).toEqual([]);
    }),
  );
});

describe("what changed behind one verdict", () => {
  const account: StepInput = {
    type: "azure-native:cognitiveservices:Account",
    op: "update",
    inputs: { accountName: "acc", properties: { publicNetworkAccess: "Disabled" } },
    old: { accountName: "acc", properties: { publicNetworkAccess: "Enabled" } },
  };
  const approved = decided(digest([account]));

  it.each<[string, StepInput[]]>([
    [
      "another value",
      [{ ...account, old: { accountName: "acc", properties: { publicNetworkAccess: "SecuredByPerimeter" } } }],
    ],
    ["one resource more", [account, { ...account, type: "azure-native:authorization:RoleAssignment", op: "create" }]],
    ["a resource that the table doesn't show", [account, { type: "custom:thing:Thing", op: "delete", inputs: {} }]],
    ["a replacement", [{ ...account, op: "replace" }]],
  ])("%s", (_, steps) => {
    const now = decided(digest(steps));
    expect(now.verdict).toBe(approved.verdict);
    expect(differences(approved, now)).toEqual([
      expect.stringContaining("the resources or settings to be changed differ from the approved ones"),
    ]);
  });
});

it("an approved wait may have become the deployment of the model, of which the preview knows the name then", () => {
  const waits = { ...decided(recorded("no-change")), verdict: "waits" as const, changes: "a" };
  const redeploys = { ...waits, verdict: "redeploys" as const, changes: "b", changesWhileWaiting: "a" };
  expect(differences(waits, redeploys)).toEqual([]);
  expect(differences(waits, { ...redeploys, changesWhileWaiting: "c" })).toHaveLength(1);
  expect(differences({ ...waits, verdict: "trains" }, redeploys)).toEqual(["verdict: approved trains, now redeploys"]);
});

it("a wait that was approved may end meanwhile: the model then has its name", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const steps = (model: string, status: string): StepInput[] => [
    { type: "FineTuningJob", inputs: { model: "gpt-4o-mini" }, outputs: { jobId: "ftjob-1", status } },
    { type: "TrainedModel", op: "update", inputs: { checkpoint: "last" }, outputs: { status: "running" } },
    {
      type: "azure-native:cognitiveservices:Deployment",
      op: "update",
      inputs: { deploymentName: "tuned", properties: { model: { name: model } } },
      old: { deploymentName: "tuned", properties: { model: { name: "old" } } },
    },
  ];
  const [approved, now] = [decided(digest(steps(unknown, "running"))), decided(digest(steps("ft:new", "succeeded")))];
  expect(approved.verdict).toBe("waits");
  expect(differences(approved, now)).toEqual([]);
});

it.each(["", " ", "{}", "null", "[]", "none", '{"verdict":"none"}'])("%j is no approval", (text) => {
  expect(() => readDecision(text)).toThrow(/The approved plan is .*Nothing was changed/);
});
