import {
  type Catalog,
  type CatalogModel,
  findModel,
  notOfferedReason,
  offerOf,
  type OfferedModel,
  regionName,
  type RegionOffer,
  tunedDeploymentTypes,
  trainedAs,
} from "../../catalog";
import { withoutUndefined } from "../../format/without-undefined";
import { isNoDate, lastDeployment } from "./last-deployment";

/** A model that regions train and that the catalog doesn't have. */
export interface UnknownModel {
  /** Regions that train it. */
  regions: string[];
  /** What their lists say of it, as a catalog file has it. */
  entry: Partial<CatalogModel> & { id: string };
}

const KINDS = ["OpenAI", "AIServices"];

/**
 * Models that a region's list offers for fine-tuning and that the catalog doesn't have. They are never written into the catalog as they are: the
 * lists don't say by which method a model is tuned, how its tokens are counted and what they cost.
 */
export function unknownModels(catalog: Catalog, regions: readonly RegionOffer[]): UnknownModel[] {
  const offers = regions.flatMap(({ location, models }) =>
    models.filter((model) => isTrained(model)).map((model) => ({ region: regionName(location), model })),
  );
  const ids = new Set(offers.map(({ model }) => idOf(model)));
  return [...ids]
    .filter((id) => !findModel(id, catalog) && notOfferedReason(id) === undefined)
    .map((id) => described(id, regions));
}

/** What to read of it: a sentence, and the file that would describe it. */
export function unknownLines({ entry, regions }: UnknownModel): [sentence: string, file: string] {
  const types = entry.trainingTypes?.join(", ");
  return [
    `${entry.id} is not in the catalog, but can be fine-tuned in ${regions.join(", ")} (${types}). Resource Manager doesn't list its methods, tokenizer or prices. ` +
      "Add those to the entry below, then add the entry to catalog/models.json or to the file in `catalogFile`:",
    JSON.stringify({ models: [entry] }),
  ];
}

function described(id: string, regions: readonly RegionOffer[]): UnknownModel {
  const kinds = KINDS.filter((kind) => regions.some(({ models }) => offerOf(models, id, kind)));
  const offers = regions.flatMap(({ location, models }) => {
    const offer = offerOf(models, id, kinds[0]!);
    return offer && isTrained(offer) ? [{ region: regionName(location), offer }] : [];
  });
  const { format } = offers[0]!.offer;
  const having = (has: (offer: OfferedModel) => boolean) =>
    offers.filter(({ offer }) => has(offer)).map(({ region }) => region);
  const latest = (read: (offer: OfferedModel) => string | undefined) => dayOf(offers.map(({ offer }) => read(offer)));
  const retirement = {
    base: latest(({ deprecation }) => deprecation.inference),
    training: latest(({ deprecation }) => deprecation.fineTune),
    deployments: latest(lastDeployment),
  };
  return {
    regions: offers.map(({ region }) => region),
    entry: {
      id,
      ...(format !== "OpenAI" && { format, ownTokenizer: true }),
      ...(!kinds.includes("OpenAI") && { accountKinds: kinds }),
      trainingTypes: [...new Set(offers.flatMap(({ offer }) => trainedAs(offer)))],
      standardTrainingRegions: having((offer) => trainedAs(offer).includes("Standard")),
      standardDeploymentRegions: having((offer) => tunedDeploymentTypes(offer).includes("Standard")),
      deploymentSkus: [...new Set(offers.flatMap(({ offer }) => tunedDeploymentTypes(offer)))],
      retirement: withoutUndefined(retirement),
    },
  };
}

function isTrained(model: OfferedModel): boolean {
  return KINDS.includes(model.kind) && trainedAs(model).length > 0;
}

/** As the catalog names it: OpenAI's with their version, others without. */
function idOf({ format, name, version }: OfferedModel): string {
  return (format === "OpenAI" ? `${name}-${version}` : name).toLowerCase();
}

/** The latest of them. */
function dayOf(days: (string | undefined)[]): string | undefined {
  const day = days
    .filter((one) => one !== undefined)
    .sort()
    .at(-1);
  return isNoDate(day) ? undefined : day;
}
