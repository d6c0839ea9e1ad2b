import { sameName } from "../format/same-name";
import { withoutUndefined } from "../format/without-undefined";
import type { Catalog, CatalogModel } from "./catalog";
import { regionName } from "./models";
import { offerOf, type OfferedModel, type RegionOffer, trainedAs, tunedSkus } from "./region-offer";

/** For whom the region's list is read. */
export interface RegionQuestion {
  /** Kind of the account: `OpenAI`, `AIServices`. */
  accountKind: string;
  /** Deployment type, whose own date of retirement counts; absent where nothing is deployed. */
  deploymentSku?: string;
  /** Compared with the catalog's dates: nothing that depends on it is an input. */
  today: Date;
}

/**
 * The catalog with a region's own list of models laid over it: how each model is trained there, as what models tuned from it are deployed,
 * and until when. What the list doesn't have (methods, prices, token limits, other regions) stays the catalog's.
 */
export function catalogInRegion(catalog: Catalog, offer: RegionOffer, question: RegionQuestion): Catalog {
  // Not a list of this kind of account, whatever it is.
  if (!offer.models.some(({ kind }) => sameName(kind, question.accountKind))) return catalog;
  const models = catalog.models.map((model) => {
    const listed = offerOf(offer.models, model.id, question.accountKind);
    return listed ? laidOver(model, listed, offer.location, question) : notOffered(model, question.today);
  });
  return { ...catalog, models, listedIn: regionName(offer.location) };
}

function laidOver(model: CatalogModel, listed: OfferedModel, location: string, question: RegionQuestion): CatalogModel {
  const trainingTypes = trainedAs(listed);
  const skus = tunedSkus(listed);
  const region = regionName(location);
  const here = (there: boolean, regions: string[]) => [
    ...regions.filter((known) => known !== region),
    ...(there ? [region] : []),
  ];
  const has = (sku: string) => skus.some(({ name }) => sameName(name, sku));
  const asked = skus.find(({ name }) => sameName(name, question.deploymentSku));
  const provisioned = skus.find(({ name }) => sameName(name, "ProvisionedManaged"))?.capacity;
  const { fineTune, inference } = listed.deprecation;
  return {
    ...model,
    trainingTypes,
    standardTrainingRegions: here(trainingTypes.includes("Standard"), model.standardTrainingRegions),
    dataZoneTrainingRegions: here(trainingTypes.includes("DataZone"), model.dataZoneTrainingRegions),
    standardDeploymentRegions: here(has("Standard"), model.standardDeploymentRegions),
    // The provisioned entry is the base model's too: whether it is sold for tuned ones, the catalog knows.
    deploymentSkus: skus
      .map(({ name }) => name)
      .filter((name) => !sameName(name, "ProvisionedManaged") || model.deploymentSkus.includes(name)),
    format: listed.format === "" ? model.format : listed.format === "OpenAI" ? undefined : listed.format,
    provisionedUnits: provisioned?.step ?? provisioned?.minimum ?? model.provisionedUnits,
    retirement: withoutUndefined({
      base: inference ?? model.retirement.base,
      training: fineTune ?? model.retirement.training,
      deployments: asked?.retiresOn ?? model.retirement.deployments,
    }),
  };
}

/** Whether a base model that is retired, but still trained for those who have tuned it before, stays in the list is not on record. */
function notOffered(model: CatalogModel, today: Date): CatalogModel {
  const { base } = model.retirement;
  if (model.withdrawn || (base !== undefined && Date.parse(base) <= today.getTime())) return model;
  return { ...model, trainingTypes: [], deploymentSkus: [] };
}
