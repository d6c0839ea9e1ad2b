import { expect, it } from "@jest/globals";
import { deployedAs } from "../../../dynamic-providers/model-versions/deployed-as";
import type { NextVersions } from "../../../dynamic-providers/model-versions/next-versions";
import type { ModelVersion, ModelVersionsInputs } from "../../../dynamic-providers/model-versions/schema";
import type { Context } from "../../../dynamic-providers/runtime/context";
import type { SwitchMode } from "../../../dynamic-providers/runtime/switch-modes";

const accountId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/Tuning";
const version = (number: number, trainingKey: string) =>
  ({ version: number, trainingKey, checkpoint: "last", fineTunedModel: `m.ft-${number}` }) as ModelVersion;
const [first, second] = [version(1, "714469aa"), version(2, "99aabbcc")];
/** An account with deployments by name and model. */
const contextWith = (deployments: Record<string, string>) => {
  const listed = Object.entries(deployments).map(([name, model]) => ({ name, properties: { model: { name: model } } }));
  return { azure: () => ({ accounts: () => ({ deployments: () => listed }) }) } as unknown as Context;
};
const next = (served: ModelVersion): Pick<NextVersions, "served" | "candidate" | "before"> => ({
  ...{ served, candidate: second, before: first },
});
const nameOf = (
  mode: SwitchMode,
  deployments: Record<string, string>,
  rejected = "Version 2 did not pass.",
  servedAs?: string,
  served = first,
) => {
  const news = { accountId, naming: { name: "tutor", switch: mode } } as ModelVersionsInputs;
  return deployedAs(contextWith(deployments), next(served), servedAs === undefined ? {} : { servedAs }, news, rejected);
};

it.each<[string, Parameters<typeof nameOf>, string]>([
  ["a new name waits in blueGreen", ["blueGreen", { "old-714469": "m.ft-1" }], "old-714469"],
  ["a new name waits in recreate", ["recreate", { old: "m.ft-1" }], "old"],
  ["a new name waits in inPlace", ["inPlace", { old: "m.ft-1" }], "old"],
  ["another switch waits", ["blueGreen", { tutor: "m.ft-1" }], "tutor"],
  ["back from blueGreen waits", ["recreate", { "tutor-714469": "m.ft-1" }], "tutor-714469"],
  ["a model that passes gets it", ["blueGreen", { "old-714469": "m.ft-1" }, "", "old-714469", second], "tutor-99aabb"],
  [
    "what was carried out already stays so",
    ["blueGreen", { "old-714469": "m.ft-1", "tutor-714469": "m.ft-1" }],
    "tutor-714469",
  ],
  [
    "beside somebody else's, the register's counts",
    ["inPlace", { backup: "m.ft-1", old: "m.ft-1" }, undefined, "old"],
    "old",
  ],
  ["of an evaluation's temporary one nothing is made", ["inPlace", {}], "tutor"],
])("%s", async (_name, given, name) => {
  expect(await nameOf(...given)).toBe(name);
});
