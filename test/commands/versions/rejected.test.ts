import { expect, it } from "@jest/globals";
import { whyRejected } from "../../../commands/versions/rejected";
import type { ModelVersion } from "../../../dynamic-providers/model-versions/schema";

const version = (number: number, status: ModelVersion["status"], more: object = {}) =>
  ({ version: number, status, ...more }) as ModelVersion;
const evaluation = { passed: false, reasons: ["its mean score is 0.41, below evaluation.minScore 0.7"] };
const refused = "`deploy.gate` refused it: its validation loss is 2, above 1";

it.each<[string, ModelVersion[], string[]]>([
  [
    "score and limit",
    [version(3, "rejected", { evaluation }), version(2, "serving", { evaluation: { passed: true, reasons: [] } })],
    ["Version 3 was rejected because its mean score is 0.41, below evaluation.minScore 0.7."],
  ],
  [
    "the gate's figures",
    [version(1, "rejected", { refused })],
    ["Version 1 was rejected because `deploy.gate` refused it: its validation loss is 2, above 1."],
  ],
  ["no reason where none was kept", [version(1, "rejected")], ["Version 1 was rejected."]],
  ["nothing of the others", [version(2, "serving"), version(1, "kept", { evaluation })], []],
])("says of a rejected version %s", (_, versions, lines) => {
  expect(whyRejected([{ name: "tutor", versions }])).toEqual(lines);
});

it("names the model where there are several", () => {
  const of = (name: string) => ({ name, versions: [version(1, "rejected")] });
  expect(whyRejected([of("tutor"), of("critic")])).toEqual([
    "Version 1 of tutor was rejected.",
    "Version 1 of critic was rejected.",
  ]);
});
