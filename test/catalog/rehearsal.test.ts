import { describe, expect, it } from "@jest/globals";
import { shippedCatalog, trainingTypeOf } from "../../catalog";
import { baseModels } from "local-azure/models/base-models";

/** Models of the catalog that the rehearsal doesn't have, and why. */
const notRehearsed: Record<string, string> = {
  "gpt-oss-20b": "only accounts of kind AIServices offer it, under another model format, which is not on record",
  "llama-3.3-70b-instruct": "as gpt-oss-20b",
  "ministral-3b": "as gpt-oss-20b",
};

const offered = shippedCatalog.models.filter(({ withdrawn }) => !withdrawn);
const rehearsed = offered.filter(({ id }) => !(id in notRehearsed));
const tunable = baseModels.filter(({ methods }) => methods.length > 0);

describe("the catalog and the base models of the rehearsal", () => {
  it("have the same models, but for those that are listed as not rehearsed", () => {
    expect(tunable.map(({ id }) => id).sort()).toEqual(rehearsed.map(({ id }) => id).sort());
  });

  it("list as not rehearsed only what the catalog offers", () => {
    expect(offered.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(notRehearsed)));
  });

  it.each(rehearsed.map((model) => [model.id, model] as const))("agree about %s", (id, model) => {
    const base = tunable.find((candidate) => candidate.id === id)!;
    expect({
      aliases: [base.name],
      methods: base.methods,
      trainingTypes: base.trainingTypes.map(trainingTypeOf),
      standardTrainingRegions: [...base.standardRegions].sort(),
      deploymentSkus: [...base.tunedSkus].sort(),
      retirement: { base: base.retiresOn, training: base.fineTuneEndsOn, deployments: base.tunedRetireOn },
    }).toEqual({
      aliases: model.aliases,
      methods: model.methods,
      trainingTypes: model.trainingTypes,
      standardTrainingRegions: [...model.standardTrainingRegions].sort(),
      deploymentSkus: [...model.deploymentSkus].sort(),
      retirement: model.retirement,
    });
  });
});
