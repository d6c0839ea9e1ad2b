import { expect, it } from "@jest/globals";
import { finetuneType } from "../../../dynamic-providers/runtime/resource-types";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { evaluationsIn } from "../../../stack/recovery/evaluations-in-state";
import type { StackExport, StackResource } from "../../../stack/stack-state";

const ACCOUNT = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a";
const place = { accountId: ACCOUNT, project: "p", stack: "dev" };
const one = (type: string, inputs: Record<string, unknown>): StackResource => ({
  ...{ urn: `urn:pulumi:dev::p::${type}::x`, type, inputs },
});
const job = (logicalName: string, more = {}) => one(finetuneType("FineTuningJob"), { ...place, logicalName, ...more });
const evaluation = (name: string, more = {}) => one(finetuneType("Evaluation"), { ...place, job: name, ...more });
const promoted = (more: object) => one(finetuneType("PromotedVersion"), { accountPath: ACCOUNT, ...more });
const found = (name: string, accountId = ACCOUNT) => ({
  ...{ accountId, owner: { project: "p", stack: "dev", job: name } },
});

it.each<[string, StackExport["deployment"], ReturnType<typeof found>[]]>([
  ["nothing", {}, []],
  ["a job whose evaluation never ended", { resources: [job("tutor-job")] }, [found("tutor-job")]],
  ["job and evaluation of one model", { resources: [job("tutor-job"), evaluation("tutor-job")] }, [found("tutor-job")]],
  [
    "two models, one of them replaced",
    { resources: [job("tutor-job"), { ...job("old-job"), delete: true }] },
    [found("tutor-job"), found("old-job")],
  ],
  [
    "an evaluation without a job that was being created",
    { pending_operations: [{ type: "creating", resource: evaluation("tutor-job") }] },
    [found("tutor-job")],
  ],
  [
    "a promoted version that is evaluated, of which nothing else is in the state",
    { resources: [promoted({ evaluatedBy: { project: "p", stack: "dev", job: "tutor-job" } })] },
    [found("tutor-job")],
  ],
  ["a promoted version that is not evaluated", { resources: [promoted({})] }, []],
  ["an account that was not known yet", { resources: [job("tutor-job", { accountId: UNKNOWN })] }, []],
  [
    "an account that moved",
    { resources: [job("j"), evaluation("j", { accountId: `${ACCOUNT}2` })] },
    [found("j"), found("j", `${ACCOUNT}2`)],
  ],
  ["a state of another program", { resources: [one("aws:s3:Bucket", { ...place, job: "j" })] }, []],
])("finds the evaluations of %s", (_what, deployment, expected) => {
  expect(evaluationsIn({ deployment })).toEqual(expected);
});
