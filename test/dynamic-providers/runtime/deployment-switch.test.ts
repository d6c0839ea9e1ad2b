import { expect, it } from "@jest/globals";
import { switchNotice } from "../../../dynamic-providers/runtime/deployment-switch";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";

const before = { deploymentName: "teacher-aaaaaa", fineTunedModel: "gpt.ft-1", deployedAt: "2026-11-22T12:00:00Z" };
const planned = { fineTunedModel: UNKNOWN, deployedAt: UNKNOWN };

it.each([
  ["blueGreen", "teacher-bbbbbb", /teacher-bbbbbb is created first; the old one teacher-aaaaaa is deleted last/],
  ["recreate", "teacher-aaaaaa", /under the name teacher-aaaaaa, and requests fail in between/],
  ["inPlace", "teacher-aaaaaa", /replaces the old one in the deployment teacher-aaaaaa/],
  ["recreate", "tuned", /teacher-aaaaaa is deleted, then the new one tuned is created, and requests fail in between/],
  ["inPlace", "tuned", /tuned is created first; the old one teacher-aaaaaa is deleted last/],
] as const)("says what %s does with a model that changes", (mode, deploymentName, notice) => {
  expect(switchNotice(before, { ...planned, deploymentName, switch: mode })).toMatch(notice);
});

it.each([
  [
    "blueGreen",
    "tutor-aaaaaa",
    /the new deployment tutor-aaaaaa is created first; the old one teacher-aaaaaa is deleted last/,
  ],
  ["recreate", "tutor", /teacher-aaaaaa is deleted, then the new one tutor is created, and requests fail in between/],
] as const)("says what %s does with a name that changes, though the model stays", (mode, deploymentName, notice) => {
  expect(switchNotice(before, { ...before, deployedAt: UNKNOWN, deploymentName, switch: mode })).toMatch(notice);
});

it("says what blueGreen does while an evaluation is yet to decide which model, and so which name, it is", () => {
  const after = { ...before, ...planned, accountId: "/subscriptions/s", deploymentName: UNKNOWN };
  expect(switchNotice(before, { ...after, switch: "blueGreen" })).toBe(
    "deploy.switch is blueGreen: the new deployment (its name will be known after `up`) is created first; the old one teacher-aaaaaa is deleted last, after the new one has responded",
  );
});

it.each([
  [
    "the engine looks at what depends on a replaced account, and knows no name yet",
    { ...before, ...planned, deploymentName: UNKNOWN, switch: "recreate" },
  ],
  [
    "not even the account is known",
    { ...before, ...planned, accountId: UNKNOWN, deploymentName: UNKNOWN, switch: "blueGreen" },
  ],
  ["the model stays", { ...before, deployedAt: UNKNOWN, switch: "recreate" }],
  ["blueGreen keeps the name", { ...before, ...planned, switch: "blueGreen" }],
  ["the state is older than the setting", { ...before, ...planned }],
  ["the deployment has changed already", { ...before, fineTunedModel: "gpt.ft-2", switch: "recreate" }],
] as const)("says nothing when %s", (_when, after) => {
  expect(switchNotice(before, after)).toBeUndefined();
});
