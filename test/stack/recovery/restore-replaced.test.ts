import { describe, expect, it } from "@jest/globals";
import { swapReplaced, openReplacements } from "../../../stack/recovery/restore-replaced";
import type { StackExport, StackResource } from "../../../stack/stack-state";

const type = "azure-native:cognitiveservices:Deployment";
const chatA: StackResource = { urn: "urn::deployment", type, id: "/chat-a", inputs: { deploymentName: "chat-a" } };
const chatB: StackResource = { urn: "urn::deployment", type, id: "/chat-b", inputs: { deploymentName: "chat-b" } };
const probe: StackResource = { urn: "urn::probe", type: "probe", dependencies: ["urn::deployment"] };

const state = (...resources: StackResource[]): StackExport => ({ deployment: { resources, pending_operations: [] } });

describe("a deployment whose successor is there", () => {
  const interrupted = state(chatB, probe, { ...chatA, delete: true });

  it("is an open replacement", () => {
    expect(openReplacements(interrupted)).toEqual([
      { urn: "urn::deployment", old: { ...chatA, delete: true }, living: chatB },
    ]);
  });

  it("lives again in the position of its successor, which is then pending deletion", () => {
    expect(swapReplaced(interrupted)).toEqual(state(chatA, probe, { ...chatB, delete: true }));
  });

  it("twice changes nothing", () => {
    expect(swapReplaced(swapReplaced(interrupted))).toEqual(interrupted);
  });
});

it.each<[string, StackExport]>([
  ["a stack that is complete", state(chatA, probe)],
  ["what was deleted to make room", state(chatB, { ...chatA, delete: true, pendingReplacement: true })],
  ["what is gone with its successor", state({ ...chatB, pendingReplacement: true }, { ...chatA, delete: true })],
  ["what nothing has replaced", state(probe, { ...chatA, delete: true })],
  ["a dynamic resource", state({ ...chatB, type: "pulumi-nodejs:dynamic/finetune:FineTuningJob" })],
  ["no resources", { deployment: {} }],
])("%s leaves nothing open", (_, complete) => {
  expect(openReplacements(complete)).toEqual([]);
  expect(swapReplaced(complete).deployment.resources).toEqual(complete.deployment.resources ?? []);
});
