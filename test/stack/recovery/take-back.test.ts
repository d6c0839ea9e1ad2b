import { expect, it } from "@jest/globals";
import { lostResources, takeBack } from "../../../stack/recovery/take-back";
import { identityOf } from "../../../stack/recovery/same-resource";
import type { StackExport, StackResource } from "../../../stack/stack-state";

const urn = (type: string, name: string) => `urn:pulumi:dev::project::${type}::${name}`;
const entry = (type: string, name: string, rest: Partial<StackResource> = {}): StackResource => ({
  urn: urn(type, name),
  type,
  custom: true,
  id: name,
  ...rest,
});
const stack = entry("pulumi:pulumi:Stack", "dev", { custom: false });
const component = entry("finetune:index:OpenAiAccount", "openai", { custom: false, parent: stack.urn });
const provider = entry("pulumi:providers:azure-native", "default", { id: "p1" });
const dynamic = entry("pulumi:providers:pulumi-nodejs", "default", { id: "d1" });
const purge = entry("pulumi-nodejs:dynamic/finetune:AccountPurge", "purge", {
  parent: component.urn,
  provider: `${dynamic.urn}::d1`,
});
const account = entry("azure-native:cognitiveservices:Account", "account", {
  parent: component.urn,
  provider: `${provider.urn}::p1`,
  dependencies: [purge.urn],
});
const model = entry("pulumi-nodejs:dynamic/finetune:TrainedModel", "model", { dependencies: [account.urn] });
const deployment = entry("azure-native:cognitiveservices:Deployment", "deployment", {
  parent: component.urn,
  provider: `${provider.urn}::p1`,
  dependencies: [account.urn, model.urn],
  propertyDependencies: { accountName: [account.urn], properties: [model.urn] },
});
const everything = [stack, component, provider, dynamic, purge, account, model, deployment];
const state = (resources: StackResource[]): StackExport => ({ deployment: { resources } });
const urns = ({ deployment: { resources = [] } }: StackExport) => resources.map((one) => one.urn);

it("lost is what Resource Manager had under a URN that does not live any more, as it stood last", () => {
  const newer = { ...deployment, id: "newer" };
  const lost = lostResources(state([account, { ...deployment, delete: true }]), [[account, newer], everything]);
  expect(lost.map(({ resource }) => resource)).toEqual([newer]);
});

it.each([{ delete: true }, { pendingReplacement: true }])("what stands in the state as %j is not lost", (mark) => {
  const waiting = { ...deployment, ...mark, id: "DEPLOYMENT" };
  expect(lostResources(state([account, waiting]), [everything])).toEqual([]);
});

it("into an empty state come the account and what it hangs on, in the order of dependence", () => {
  const taken = takeBack(state([]), lostResources(state([]), [everything]));
  expect(urns(taken)).toEqual([stack, component, provider, dynamic, purge, account, deployment].map((one) => one.urn));
  expect(taken.deployment.resources!.at(-1)).toMatchObject({
    dependencies: [account.urn],
    propertyDependencies: { accountName: [account.urn], properties: [] },
  });
});

it("what lives already stays, and its provider is the one of today", () => {
  const today = [stack, component, { ...provider, id: "p2" }, dynamic, { ...purge, id: "new" }];
  const lost = lostResources(state(today), [everything]);
  const taken = takeBack(state(today), lost.slice(0, 1));
  expect(taken.deployment.resources).toEqual([
    ...today,
    { ...account, provider: `${provider.urn}::p2`, propertyDependencies: {} },
  ]);
});

it("a deployment is taken alone where its account still lives, and without it where that is not taken", () => {
  const lost = lostResources(state([]), [everything]).filter(({ resource }) => resource.type === deployment.type);
  expect(urns(takeBack(state([]), lost))).not.toContain(account.urn);
  const today = everything.filter((one) => one !== deployment);
  expect(urns(takeBack(state(today), lost))).toEqual(everything.map((one) => one.urn));
});

it.each([
  ["created at the same time", { properties: { dateCreated: "2026-01-02T03:04:05Z" } }, true],
  ["by the note of Resource Manager", { systemData: { createdAt: "2026-01-02T03:04:05.000Z" } }, true],
  ["created at another time", { properties: { dateCreated: "2026-05-02T03:04:05Z" } }, false],
  ["without a time", { properties: {} }, false],
])("an account %s is the stack's: %j %s", (_name, body, same) => {
  const time = "2026-01-02T03:04:05.0000000Z";
  const ours = { ...account, outputs: { properties: { dateCreated: time }, systemData: { createdAt: time } } };
  expect(identityOf(ours, { id: "/a", body }).same).toBe(same);
});

it.each([
  ["m1", true],
  ["m2", false],
  [undefined, false],
])("a deployment that serves %s is the stack's: %s", (name, same) => {
  const ours = { ...deployment, inputs: { properties: { model: { name: "m1" } } } };
  expect(identityOf(ours, { id: "/d", body: { properties: { model: name ? { name } : undefined } } }).same).toBe(same);
});
