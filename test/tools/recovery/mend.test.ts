import { describe, expect, test } from "@jest/globals";
import { markFailed, mend } from "../../../tools/recovery/mend";
import type { PendingOperation, StackExport, StackResource } from "../../../tools/stack-state";

const account: StackResource = { urn: "urn::account", type: "azure-native:cognitiveservices:Account", id: "/a" };
const job: StackResource = { urn: "urn::job", type: "pulumi-nodejs:dynamic/finetune:FineTuningJob" };

function creating(resource: StackResource): PendingOperation {
  return { resource: { ...resource, id: undefined }, type: "creating" };
}

function state(resources: StackResource[], pending: PendingOperation[]): StackExport {
  return { deployment: { resources, pending_operations: pending } };
}

test("a create that had been carried out stands in the state; the others are dropped", () => {
  const pending = [creating(account), creating(job), { resource: account, type: "deleting" } as PendingOperation];
  const findings = [{ operation: pending[0]!, foundId: "/a" }, { operation: pending[1]! }, { operation: pending[2]! }];
  expect(mend(state([], pending), findings).deployment).toEqual({ resources: [account], pending_operations: [] });
});

test("a replacement that had been made leaves the old one waiting for its deletion", () => {
  const pending = [creating(account)];
  const mended = mend(state([account], pending), [{ operation: pending[0]!, foundId: "/b" }]);
  expect(mended.deployment.resources).toEqual([
    { ...account, delete: true },
    { ...account, id: "/b" },
  ]);
});

describe("the found one stands before everything that depends on it", () => {
  const deployment: StackResource = { ...account, urn: "urn::deployment", dependencies: ["urn::account"] };
  const others: StackResource[] = [account, job];

  test.each<[string, Partial<StackResource>]>([
    ["as a dependency", { dependencies: ["urn::account", "urn::deployment"] }],
    ["by a property", { propertyDependencies: { deployedAt: ["urn::deployment"] } }],
    ["as its parent", { parent: "urn::deployment" }],
    ["as what it goes with", { deletedWith: "urn::deployment" }],
  ])("%s", (_, reference) => {
    const probe: StackResource = { urn: "urn::probe", type: "probe", ...reference };
    const last: StackResource = { urn: "urn::last", type: "probe", dependencies: ["urn::deployment"] };
    const pending = [creating(deployment)];
    // Made in place of one of the same id, as under deploy.switch: recreate.
    const deleted = { ...deployment, id: "/d", pendingReplacement: true };
    const before = state([...others, deleted, probe, last], pending);
    const mended = mend(before, [{ operation: pending[0]!, foundId: "/d" }]);
    expect(mended.deployment.resources).toEqual([...others, { ...deployment, id: "/d" }, probe, last]);
  });
});

test("what stands in the state under the same id, whatever its case, stays as it is: a later run has made it known", () => {
  const known: StackResource = { ...account, outputs: { endpoint: "e" } };
  const pending = [creating(account)];
  const mended = mend(state([known], pending), [{ operation: pending[0]!, foundId: "/A" }]);
  expect(mended.deployment.resources).toEqual([known]);
});

test.each(["/a", "/b"])("what was deleted to make place for %s is not there any more", (foundId) => {
  const deleted: StackResource = { ...account, pendingReplacement: true };
  const pending = [creating(account)];
  const mended = mend(state([deleted, job], pending), [{ operation: pending[0]!, foundId }]);
  expect(mended.deployment.resources).toEqual([job, { ...account, id: foundId }]);
});

test("of two creates of one resource the newer lives, which the engine lists first", () => {
  const pending = [creating(account), creating(account)];
  const findings = [
    { operation: pending[0]!, foundId: "/newer" },
    { operation: pending[1]!, foundId: "/older" },
  ];
  expect(mend(state([], pending), findings).deployment.resources).toEqual([
    { ...account, id: "/older", delete: true },
    { ...account, id: "/newer" },
  ]);
});

test("what was made but failed bears an error, so that the next up puts it once more", () => {
  const findings = [{ operation: creating(account), foundId: "/a", failedState: "Failed" }];
  const others = [job, { ...account, id: "/old", delete: true }];
  expect(markFailed(state([account, ...others], []), findings).deployment.resources).toEqual([
    { ...account, initErrors: ["its create was cut off, and ended in the state Failed"] },
    ...others,
  ]);
});

test("what the command doesn't know passes through", () => {
  const exported = { version: 3, deployment: { manifest: { magic: "m" }, resources: [job] } } as unknown as StackExport;
  expect(mend(exported, [])).toEqual({
    version: 3,
    deployment: { manifest: { magic: "m" }, resources: [job], pending_operations: [] },
  });
});
