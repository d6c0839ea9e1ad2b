import { expect, it } from "@jest/globals";
import { whatFollows } from "../../../commands/rollback/what-follows";
import type { ModelVersion } from "../../../dynamic-providers/model-versions/schema";
import { projectFolder } from "../../../stack/project";

const versions = (...all: [number, string, object?][]) =>
  all.map(([version, status, more]) => ({
    ...{ version, status, jobId: `ftjob-${version}` },
    ...more,
  })) as unknown as ModelVersion[];
const on = (stack: string) => ({ stack, folder: projectFolder, settingsFile: `/x/Pulumi.${stack}.yaml` });

it.each<[string, number | undefined, ModelVersion[], string, string]>([
  [
    "the model of data that was restored, not of the newest training",
    undefined,
    versions([6, "rejected"], [5, "serving"], [3, "kept"]),
    "ftjob-5",
    "`deploy.version` is not set in Pulumi.local.yaml, so the model for the current data and settings is deployed: version 5.",
  ],
  [
    "another one, where that did not pass",
    undefined,
    versions([6, "rejected"], [5, "serving"]),
    "ftjob-6",
    "`deploy.version` is not set in Pulumi.local.yaml. Version 5 is deployed: the model for the current data and settings did not pass.",
  ],
  [
    "nothing is deployed",
    undefined,
    versions([6, "kept"]),
    "ftjob-6",
    "`deploy.version` is not set in Pulumi.local.yaml. No version is deployed.",
  ],
  [
    "a pinned one",
    5,
    versions([6, "rejected"], [5, "serving"]),
    "ftjob-6",
    "`deploy.version` is 5 in Pulumi.local.yaml. Until you remove it, new models are trained but not deployed. To remove it, run: npm run rollback -- --to current",
  ],
  [
    "a promoted one",
    5,
    versions([6, "kept", { promotedFrom: { stack: "dev" } }], [5, "serving"]),
    "ftjob-6",
    "`deploy.version` is 5 in Pulumi.local.yaml. Until you remove it, versions that dev deploys later will not be deployed in this stack. To remove it, run: npm run rollback -- --to current",
  ],
])("what serves after a rollback: %s", (_, pin, register, jobId, sentence) => {
  expect(whatFollows({ pin }, on("local"), { versions: register, jobId })).toBe(sentence);
});

it("names the stack where it is not the rehearsal's", () => {
  expect(whatFollows({ pin: 3 }, on("dev"), { versions: versions([3, "serving"]), jobId: "ftjob-3" })).toMatch(
    / --to current --stack dev$/,
  );
});
