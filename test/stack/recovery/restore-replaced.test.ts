import { describe, expect, it } from "@jest/globals";
import { ACCOUNT_TYPE } from "../../../dynamic-providers/runtime/resource-types";
import { openReplacements, replacementsOf, swapReplaced } from "../../../stack/recovery/restore-replaced";
import type { StackExport, StackResource } from "../../../stack/stack-state";
import { oneOfSeveral, stateOf } from "../model-in-state";

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

describe("open replacements of several models", () => {
  const replacement = (name: string): StackResource[] =>
    oneOfSeveral(name, `${name}-new`).flatMap((one) =>
      one.type === type
        ? [
            { ...one, id: `/${name}-new` },
            { ...one, id: `/${name}-old`, delete: true },
          ]
        : [one],
    );
  const account = (id: string): StackResource => ({ urn: "urn::account", type: ACCOUNT_TYPE, id });
  const both = stateOf(replacement("critic"), replacement("tutor"));
  const undone = (given: StackExport, ...models: string[]) =>
    replacementsOf(given, models, (flags) => ["recover --back", ...flags].join(" ")).map(({ old }) => old.id);

  it.each([
    [["tutor"], ["/tutor-old"]],
    [
      ["tutor", "critic"],
      ["/critic-old", "/tutor-old"],
    ],
  ])("are undone for those that are named: %j", (models, ids) => {
    expect(undone(both, ...models)).toEqual(ids);
    const after = swapReplaced(both, replacementsOf(both, models, String)).deployment.resources!;
    const kept = after.filter((one) => one.type === type && !one.delete).map(({ id }) => id);
    expect(kept).toEqual(["critic", "tutor"].map((name) => `/${name}-${models.includes(name) ? "old" : "new"}`));
  });

  it("are not undone where nobody says which", () => {
    expect(() => undone(both)).toThrow(
      "2 models have an unfinished replacement: critic, tutor. Choose which to undo; repeat --model to undo more than one:\n" +
        "  recover --back --model critic\n  recover --back --model tutor",
    );
  });

  it("need no name where one model alone has one", () => {
    expect(undone(stateOf(oneOfSeveral("critic", "critic-a"), replacement("tutor")))).toEqual(["/tutor-old"]);
  });

  it("go with that of their account", () => {
    const moved = stateOf(replacement("critic"), replacement("tutor"), [
      account("/new"),
      { ...account("/old"), delete: true },
    ]);
    expect(undone(moved)).toEqual(["/critic-old", "/tutor-old", "/old"]);
    expect(() => undone(moved, "tutor")).toThrow(
      "the account was replaced, and every deployment with it, so a model can't be restored on its own. To restore all: recover --back",
    );
  });

  it("of a model that has none are refused by name", () => {
    expect(() => undone(both, "judge")).toThrow(
      'model "judge" has no unfinished replacement; those that have one: critic, tutor.',
    );
  });
});

it("a stack without an open replacement has nothing to undo", () => {
  expect(() => replacementsOf(state(chatA), [], String)).toThrow("no unfinished replacement found; nothing to undo.");
});
