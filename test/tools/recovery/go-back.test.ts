import { describe, expect, test } from "@jest/globals";
import { goBack, openReplacements } from "../../../tools/recovery/go-back";
import type { StackExport, StackResource } from "../../../tools/stack-state";

const type = "azure-native:cognitiveservices:Deployment";
const chatA: StackResource = { urn: "urn::deployment", type, id: "/chat-a", inputs: { deploymentName: "chat-a" } };
const chatB: StackResource = { urn: "urn::deployment", type, id: "/chat-b", inputs: { deploymentName: "chat-b" } };
const probe: StackResource = { urn: "urn::probe", type: "probe", dependencies: ["urn::deployment"] };

const state = (...resources: StackResource[]): StackExport => ({ deployment: { resources, pending_operations: [] } });

describe("a deployment whose successor is there", () => {
  const brokenOff = state(chatB, probe, { ...chatA, delete: true });

  test("is an open replacement", () => {
    expect(openReplacements(brokenOff)).toEqual([
      { urn: "urn::deployment", old: { ...chatA, delete: true }, living: chatB },
    ]);
  });

  test("lives again, in the place of the successor, which is then to go", () => {
    expect(goBack(brokenOff)).toEqual(state(chatA, probe, { ...chatB, delete: true }));
  });

  test("and back once more is as before", () => {
    expect(goBack(goBack(brokenOff))).toEqual(brokenOff);
  });
});

test.each<[string, StackExport]>([
  ["a stack that is complete", state(chatA, probe)],
  ["what was deleted to make place", state(chatB, { ...chatA, delete: true, pendingReplacement: true })],
  ["what has gone with its successor", state({ ...chatB, pendingReplacement: true }, { ...chatA, delete: true })],
  ["what nothing has replaced", state(probe, { ...chatA, delete: true })],
  ["a dynamic resource", state({ ...chatB, type: "pulumi-nodejs:dynamic/finetune:FineTuningJob" })],
  ["no resources", { deployment: {} }],
])("%s leaves nothing open", (_, complete) => {
  expect(openReplacements(complete)).toEqual([]);
  expect(goBack(complete).deployment.resources).toEqual(complete.deployment.resources ?? []);
});
