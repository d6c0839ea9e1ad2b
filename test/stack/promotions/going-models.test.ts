import { expect, it } from "@jest/globals";
import type { ModelVersion } from "../../../dynamic-providers/model-versions/schema";
import { finetuneType } from "../../../dynamic-providers/runtime/resource-types";
import { goingWithRegisters, goingWithStack } from "../../../stack/promotions/going-models";
import type { StackResource } from "../../../stack/stack-state";

const HERE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/here";
const THERE = HERE.replace("here", "there");
const owner = "finetune/dev";
const version = (number: number, more: Partial<ModelVersion> = {}) =>
  ({ version: number, jobId: `ftjob-${number}`, adopted: false, ...more }) as ModelVersion;
const promotedFrom = { stack: "dev", version: 7, accountId: THERE };

function resource(kind: string, outputs: object | undefined, more: Partial<StackResource> = {}): StackResource {
  const type = finetuneType(kind);
  return { urn: `urn:pulumi:dev::p::${type}::${kind}`, type, outputs: outputs as Record<string, unknown>, ...more };
}
const register = (versions: ModelVersion[], more: object = {}) =>
  resource("ModelVersions", { accountId: HERE, retain: { versions: 3 }, versions, ...more });
const job = (number: number, more: object = {}) =>
  resource("FineTuningJob", { accountId: HERE, jobId: `ftjob-${number}`, adopted: false, ...more });
const of = (...resources: StackResource[]) => goingWithStack({ deployment: { resources } });

it.each<[string, StackResource[], unknown]>([
  ["nothing", [], []],
  [
    "its own account: all that is in it",
    [job(2), register([version(2), version(1)])],
    [{ accountId: HERE, versions: [version(2), version(1)] }],
  ],
  [
    "its own account, whose settings keep models: it goes all the same",
    [register([version(1)], { retain: { versions: 3, model: true } })],
    [{ accountId: HERE, versions: [version(1)] }],
  ],
  [
    "an account of others: its jobs",
    [job(2, { owner }), register([version(2), version(1)], { owner })],
    [{ accountId: HERE, versions: [version(2), version(1)], jobIds: ["ftjob-2", "ftjob-1"] }],
  ],
  [
    "an account of others: not what settings keep",
    [register([version(2), version(1, { adopted: true })], { owner })],
    [{ accountId: HERE, versions: [version(2), version(1, { adopted: true })], jobIds: ["ftjob-2"] }],
  ],
  [
    "a job that no register lists yet",
    [job(3, { owner }), register([], { owner })],
    [{ accountId: HERE, versions: [], jobIds: ["ftjob-3"] }],
  ],
  ["a job of an earlier release, in an account of its own", [job(1)], [{ accountId: HERE, versions: [] }]],
  [
    "a version that waits for its deletion",
    [{ ...register([version(1)]), delete: true }],
    [{ accountId: HERE, versions: [version(1)] }],
  ],
  ["what another stack has trained", [register([version(1, { promotedFrom })])], []],
  [
    "a register whose create failed, and one without outputs",
    [resource("ModelVersions", {}), resource("ModelVersions", undefined)],
    [],
  ],
  [
    "two accounts, one named twice in other letters",
    [
      register([version(1)]),
      register([version(5)], { accountId: HERE.toUpperCase() }),
      register([version(1)], { accountId: THERE }),
    ],
    [
      { accountId: HERE, versions: [version(1), version(5)] },
      { accountId: THERE, versions: [version(1)] },
    ],
  ],
])("a stack has %s", (_name, resources, expected) => {
  expect(of(...resources)).toEqual(expected);
});

it("with a register its versions go, by the rule of its account", () => {
  const versions = [version(2), version(1, { adopted: true })];
  const retain = { versions: 3 };
  expect(
    goingWithRegisters([{ accountId: HERE, retain, versions }, { accountId: THERE, owner, retain, versions }, {}]),
  ).toEqual([
    { accountId: HERE, versions, jobIds: ["ftjob-2", "ftjob-1"] },
    { accountId: THERE, versions, jobIds: ["ftjob-2"] },
  ]);
});
