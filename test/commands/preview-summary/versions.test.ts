import { expect, it } from "@jest/globals";
import { deletedBy, heldAccounts } from "../../../commands/preview-summary/deleted";
import { lostModel } from "../../../commands/preview-summary/lost-model";
import { pipelineOf } from "../../../commands/preview-summary/pipeline";
import type { Operation, Properties, Step } from "../../../commands/preview-summary/steps";
import { returnsTo, VERSIONS_TYPE } from "../../../commands/preview-summary/versions";
import { ACCOUNT_TYPE, DEPLOYMENT_TYPE, finetuneType } from "../../../dynamic-providers/runtime/resource-types";

const step = (type: string, operation: Operation, old: Properties, now: Properties = old): Step =>
  ({ type, name: "x", operation, old, new: now, outputs: old, reasons: [], lost: false }) as unknown as Step;
const version = (number: number, status: string, adopted = false) => ({
  ...{ version: number, status, adopted },
  ...{ jobId: `ftjob-${number}`, fineTunedModel: `model-${number}` },
});
const register = (versions: object[], retain: object = { versions: 2 }): Properties => ({ versions, retain });
const [one, two, three] = [version(1, "kept"), version(2, "serving"), version(3, "serving")];

const replaced = (after: Properties): Step[] => [
  step(finetuneType("FineTuningJob"), "replace", { jobId: "ftjob-2", fineTunedModel: "model-2" }),
  step(finetuneType("TrainedModel"), "replace", { fineTunedModel: "model-2" }),
  step(VERSIONS_TYPE, "update", register([two, one]), after),
];

it.each<[string, Properties, string[]]>([
  [
    "the oldest goes",
    register([three, { ...two, status: "kept" }]),
    ["Version 1, the model `model-1`, is deleted for good with its job, since `retain.versions` is 2."],
  ],
  ["all stay", register([three, { ...two, status: "kept" }, one], { versions: 3 }), []],
  ["the oldest is kept elsewhere", register([three, { ...two, status: "kept" }], { versions: 2, model: true }), []],
])("a new model, and %s", (_name, after, lines) => {
  expect(lostModel(pipelineOf(replaced(after)))).toEqual(lines);
});

it("names the model that served, where one version alone is kept, once", () => {
  const lines = lostModel(pipelineOf(replaced(register([three], { versions: 1 }))));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^The model `model-2` is deleted for good with its job: /);
  expect(lines[1]).toMatch(/^Version 1, the model `model-1`, is deleted for good/);
});

it("names no model that served before and stays", () => {
  const served = (name: string) => ({ deploymentName: "d", properties: { model: { name } } });
  const steps = [
    step(DEPLOYMENT_TYPE, "update", served("model-2"), served("model-1")),
    step(VERSIONS_TYPE, "update", register([two, one]), register([{ ...two, status: "kept" }, version(1, "serving")])),
  ];
  expect(lostModel(pipelineOf(steps))).toEqual([]);
  expect(returnsTo(pipelineOf(steps))).toMatchObject({ version: 1 });
});

it("lists every version that a destroy deletes, and those that it keeps", () => {
  const steps = [
    step(finetuneType("FineTuningJob"), "delete", { jobId: "ftjob-2" }),
    step(VERSIONS_TYPE, "delete", register([two, one, version(0, "kept", true)])),
  ];
  const { deletes, keeps } = deletedBy(steps, new Date("2026-11-23T00:00:00Z"));
  expect(deletes).toContain("version 1: the model model-1 and the job ftjob-1");
  expect(deletes.join("\n")).not.toContain("version 2");
  expect(keeps).toContain("version 0: the model model-0 and the job ftjob-0 (retain.adopted)");
});

it("tells that the account of a version that is kept is not purged", () => {
  const steps = (adopted: boolean) => [
    step(VERSIONS_TYPE, "delete", register([two, version(0, "kept", adopted)])),
    step(ACCOUNT_TYPE, "delete", { accountName: "a", resourceGroupName: "g", location: "l" }),
  ];
  const held = (adopted: boolean) => heldAccounts(steps(adopted), new Date("2026-11-23T00:00:00Z"));
  expect(held(false)).toEqual([]);
  expect(held(true)).toMatchObject([{ accountName: "a", until: "2026-11-25" }]);
});
