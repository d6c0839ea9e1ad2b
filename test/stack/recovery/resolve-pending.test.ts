import { describe, expect, it } from "@jest/globals";
import { markFailed, resolvePending, withSentInputs } from "../../../stack/recovery/resolve-pending";
import type { PendingOperation, StackExport, StackResource } from "../../../stack/stack-state";

const account: StackResource = { urn: "urn::account", type: "azure-native:cognitiveservices:Account", id: "/a" };
const job: StackResource = { urn: "urn::job", type: "pulumi-nodejs:dynamic/finetune:FineTuningJob" };

function creating(resource: StackResource): PendingOperation {
  return { resource: { ...resource, id: undefined }, type: "creating" };
}

function state(resources: StackResource[], pending: PendingOperation[]): StackExport {
  return { deployment: { resources, pending_operations: pending } };
}

it("a create that had been carried out is in the state; the others are dropped", () => {
  const pending = [creating(account), creating(job), { resource: account, type: "deleting" } as PendingOperation];
  const findings = [{ operation: pending[0]!, foundId: "/a" }, { operation: pending[1]! }, { operation: pending[2]! }];
  expect(resolvePending(state([], pending), findings).deployment).toEqual({
    resources: [account],
    pending_operations: [],
  });
});

it("a replacement that had been made leaves the old one pending deletion", () => {
  const pending = [creating(account)];
  const resolved = resolvePending(state([account], pending), [{ operation: pending[0]!, foundId: "/b" }]);
  expect(resolved.deployment.resources).toEqual([
    { ...account, delete: true },
    { ...account, id: "/b" },
  ]);
});

describe("the found one precedes everything that depends on it", () => {
  const deployment: StackResource = { ...account, urn: "urn::deployment", dependencies: ["urn::account"] };
  const others: StackResource[] = [account, job];

  it.each<[string, Partial<StackResource>]>([
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
    const resolved = resolvePending(before, [{ operation: pending[0]!, foundId: "/d" }]);
    expect(resolved.deployment.resources).toEqual([...others, { ...deployment, id: "/d" }, probe, last]);
  });
});

it("what the state has under the same id, whatever its case, is kept: a later run has recorded it", () => {
  const known: StackResource = { ...account, outputs: { endpoint: "e" } };
  const pending = [creating(account)];
  const resolved = resolvePending(state([known], pending), [{ operation: pending[0]!, foundId: "/A" }]);
  expect(resolved.deployment.resources).toEqual([known]);
});

it.each(["/a", "/b"])("what was deleted to make room for %s is dropped", (foundId) => {
  const deleted: StackResource = { ...account, pendingReplacement: true };
  const pending = [creating(account)];
  const resolved = resolvePending(state([deleted, job], pending), [{ operation: pending[0]!, foundId }]);
  expect(resolved.deployment.resources).toEqual([job, { ...account, id: foundId }]);
});

it("of two creates of one resource the newer one, which the engine lists first, is the living one", () => {
  const pending = [creating(account), creating(account)];
  const findings = [
    { operation: pending[0]!, foundId: "/newer" },
    { operation: pending[1]!, foundId: "/older" },
  ];
  expect(resolvePending(state([], pending), findings).deployment.resources).toEqual([
    { ...account, id: "/older", delete: true },
    { ...account, id: "/newer" },
  ]);
});

it("what was created but failed is marked with an error, so that the next up tries again", () => {
  const findings = [{ operation: creating(account), foundId: "/a", failedState: "Failed" }];
  const others = [job, { ...account, id: "/old", delete: true }];
  expect(markFailed(state([account, ...others], []), findings).deployment.resources).toEqual([
    { ...account, initErrors: ["its creation was interrupted and ended in state Failed"] },
    ...others,
  ]);
});

describe("inputs after the refresh", () => {
  const sent = { sku: { name: "Standard", capacity: 1 } };
  const refreshed = { ...account, id: "/A", inputs: { ...sent, properties: { currentCapacity: 1 } } };
  const findings = [{ operation: creating({ ...account, inputs: sent }), foundId: "/a" }];
  const old: StackResource = { ...account, id: "/old", delete: true, inputs: {} };

  it("of what was added are those that the interrupted create has sent", () => {
    const after = withSentInputs(state([refreshed, old, job], []), state([old, job], []), findings);
    expect(after.deployment.resources).toEqual([{ ...refreshed, inputs: sent }, old, job]);
  });

  it("of what a later run had recorded stay as they are", () => {
    const after = withSentInputs(state([refreshed], []), state([account], []), findings);
    expect(after.deployment.resources).toEqual([refreshed]);
  });

  it("stay where nothing was found, or the operation has none", () => {
    const operation = creating(account);
    for (const finding of [{ operation }, { operation, foundId: "/a" }])
      expect(withSentInputs(state([refreshed], []), state([], []), [finding])).toEqual(state([refreshed], []));
  });
});

it("what the command doesn't know passes through", () => {
  const exported = { version: 3, deployment: { manifest: { magic: "m" }, resources: [job] } } as unknown as StackExport;
  expect(resolvePending(exported, [])).toEqual({
    version: 3,
    deployment: { manifest: { magic: "m" }, resources: [job], pending_operations: [] },
  });
});
