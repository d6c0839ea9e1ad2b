import { describe, expect, it } from "@jest/globals";
import { findModel, shippedCatalog, trainingTypeOf } from "../../catalog";
import { baseModels } from "local-azure/models/base-models";

const rehearsed = shippedCatalog.models.filter(({ withdrawn }) => !withdrawn);
const tunable = baseModels.filter(({ methods }) => methods.length > 0);

describe("the catalog and the base models of the rehearsal", () => {
  it("have the same models", () => {
    expect(tunable.map(({ id }) => findModel(id)?.id).sort()).toEqual(rehearsed.map(({ id }) => id).sort());
  });

  it.each(rehearsed.map((model) => [model.id, model] as const))("agree about %s", (id, model) => {
    const base = tunable.find((candidate) => findModel(candidate.id)?.id === id)!;
    expect([model.id, ...model.aliases]).toEqual(
      expect.arrayContaining([base.id.toLowerCase(), base.name.toLowerCase()]),
    );
    expect({
      format: base.format,
      accountKinds: base.accountKinds,
      methods: base.methods,
      trainingTypes: base.trainingTypes.map(trainingTypeOf),
      standardTrainingRegions: [...base.standardRegions].sort(),
      deploymentSkus: [...base.tunedSkus].sort(),
      // Resource Manager lists models without an end with a date of 2099 (recorded).
      retirement: base.retiresOn.startsWith("2099")
        ? {}
        : { base: base.retiresOn, training: base.fineTuneEndsOn, deployments: base.tunedRetireOn },
    }).toEqual({
      format: model.format,
      accountKinds: model.accountKinds,
      methods: model.methods,
      trainingTypes: model.trainingTypes,
      standardTrainingRegions: [...model.standardTrainingRegions].sort(),
      deploymentSkus: [...model.deploymentSkus].sort(),
      retirement: model.retirement,
    });
  });
});
