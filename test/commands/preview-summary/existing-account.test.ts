import { expect, it } from "@jest/globals";
import { deletedBy, heldAccounts } from "../../../commands/preview-summary/deleted";
import { pipelineOf } from "../../../commands/preview-summary/pipeline";
import type { Step } from "../../../commands/preview-summary/steps";
import { verdictOf } from "../../../commands/preview-summary/verdict";

const today = new Date("2026-11-27T12:00:00Z");
const gone = (type: string, name: string, old: object): Step =>
  ({
    urn: `urn:pulumi:dev::p::${type}::${name}`,
    type,
    name,
    operation: "delete",
    old,
    new: {},
    outputs: old,
    reasons: [],
  }) as unknown as Step;
const steps = [
  gone("pulumi-nodejs:dynamic/finetune:SharedDeployment", "serving-deployment", { deploymentName: "tutor" }),
  gone("pulumi-nodejs:dynamic/finetune:FineTuningJob", "finetune-job", { jobId: "ftjob-1" }),
  gone("pulumi-nodejs:dynamic/finetune:ExistingAccount", "openai-existing", {
    accountName: "team",
    resourceGroupName: "shared",
  }),
];

it("a destroy deletes what is the stack's, and keeps the account with what others have in it", () => {
  const { deletes, keeps } = deletedBy(steps, today);
  expect(deletes).toEqual([
    "the deployment tutor: it will stop responding, and you will no longer be charged for hosting",
    expect.stringMatching(/^the job ftjob-1: you will be charged to train it again/),
  ]);
  expect(keeps).toEqual([
    "the account team in shared, which existed before this stack, with everything in it that this stack did not create, and the stack's settings and history",
  ]);
  expect(heldAccounts(steps, today)).toEqual([]);
});

it("is a destroy, of a stack without an account of its own", () => {
  const pipeline = pipelineOf(steps);
  expect(verdictOf(pipeline, false).verdict).toBe("destroys");
  expect(pipeline.account).toBeUndefined();
  expect(pipeline.existingAccount?.name).toBe("openai-existing");
  expect(pipeline.deployment?.name).toBe("serving-deployment");
});
