import { expect, it } from "@jest/globals";
import { inShort, rejection } from "../../../dynamic-providers/model-versions/rejection";
import type { ModelVersion } from "../../../dynamic-providers/model-versions/schema";

const version = (number: number, passed: boolean): ModelVersion =>
  ({
    ...{ version: number, fineTunedModel: `model-${number}`, status: "kept" },
    evaluation: {
      ...{ passed, reasons: passed ? [] : ["its mean score is 0.41, below `evaluation.minScore` 0.6"] },
      ...{ summary: "0.41 on 48 cases; serving 0.61", key: "k", evaluatedAt: 1 },
    },
  }) as unknown as ModelVersion;
const judged = { judged: true };
const [bad, good] = [version(2, false), version(1, true)];

it("names the figures, what serves, and what each way on costs", () => {
  expect(rejection({ candidate: bad, served: good }, judged)).toBe(
    "Version 2 (model-2) did not pass its evaluation: its mean score is 0.41, below `evaluation.minScore` 0.6 (0.41 on 48 cases; serving 0.61). Version 1 remains deployed. To clear this error, change a threshold in `evaluation` (no charge), or change the data or settings to train a new version (you will be charged for that training); or set `deploy.version` to 1 to keep version 1 deployed.",
  );
});

it("names the version to promote instead, where another stack has trained it", () => {
  const promotedFrom = { stack: "dev", version: 5, accountId: "a" };
  expect(rejection({ candidate: { ...bad, promotedFrom }, served: good }, judged)).toMatch(
    /To clear this error, change a threshold in `evaluation` \(no charge\), or set `promote\.version` to a version of dev other than 5 \(nothing is trained\); or set `deploy\.version` to 1 to keep version 1 deployed\.$/,
  );
});

it("names both checkpoints of one version, and the way back", () => {
  const candidate = { ...bad, checkpoint: "best", fineTunedModel: "model-2:ckpt-step-20" } as const;
  const served = { ...version(2, true), checkpoint: "last" } as const;
  expect(rejection({ candidate, served }, judged)).toBe(
    "Checkpoint best of version 2 (model-2:ckpt-step-20) did not pass its evaluation: its mean score is 0.41, below `evaluation.minScore` 0.6 (0.41 on 48 cases; serving 0.61). Checkpoint last of version 2 (model-2) remains deployed. To clear this error, change a threshold in `evaluation` (no charge), or change the data or settings to train a new version (you will be charged for that training); or set `deploy.checkpoint` to last to keep that one deployed.",
  );
});

it("offers no version where there is none, and none that did not pass itself", () => {
  expect(rejection({ candidate: bad }, judged)).toMatch(
    /the current deployment is unchanged\..* charged for that training\)\.$/,
  );
  expect(rejection({ candidate: bad, served: bad }, judged)).toMatch(
    /Version 2 remains deployed\..* charged for that training\)\.$/,
  );
});

it.each([
  ["it passed", { candidate: good, served: good }, judged],
  ["nothing is judged", { candidate: bad, served: bad }, { judged: false }],
  ["`deploy.version` decides", { candidate: bad, served: good }, { judged: true, pin: 1 }],
])("is empty where %s", (_name, next, how) => {
  expect(rejection(next, how)).toBe("");
});

it.each([
  ["with figures", bad],
  ["without", { ...bad, evaluation: { ...bad.evaluation!, summary: "" } }],
])("in short has the version, its score and the limit, %s", (_name, candidate) => {
  expect(inShort(rejection({ candidate, served: good }, judged))).toBe(
    "Version 2 did not pass its evaluation: its mean score is 0.41, below `evaluation.minScore` 0.6.",
  );
});
