import { expect, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { lineageOutput } from "../../program/lineage";
import { valueOf } from "../support/mocked-program";

const known = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, pulumi.output(value)])) as never;

const extraBody = { service_tier: "flex", method: { supervised: { hyperparameters: { rank: 8 } } } };

it.each([
  ["its job", "ftjob-1", { name: "m.ft-1", checkpoint: "last" }],
  ["an earlier job, as after an up --target of the job alone", "ftjob-0", undefined],
])("the model of %s", async (_, jobId, model) => {
  const data = known({ sha256: "5a", contentSha256: undefined, examples: 60, tokens: { total: { sum: 5000 } } });
  const lineage = lineageOutput(
    { model: "gpt-4o-mini", method: "supervised", trainingType: "Standard", extraBody },
    {
      training: { path: "train.jsonl", data },
      job: known({ jobId: "ftjob-1", trainingKey: "k", suffix: "s", adopted: false }),
      model: known({ fineTunedModel: "m.ft-1", jobId }),
      checkpoint: "last",
    },
  );
  expect(await valueOf(pulumi.output(lineage))).toMatchObject({
    model,
    extraFields: { service_tier: "flex", "method.supervised.hyperparameters.rank": 8 },
  });
});
