import {
  type Catalog,
  type CatalogModel,
  offerOf,
  type OfferedModel,
  regionName,
  type RegionOffer,
  trainedAs,
  tunedDeploymentTypes,
  tunedSkus,
} from "../../catalog";
import type { Change } from "./change";
import { isNoDate, lastDeployment } from "./last-deployment";

/**
 * Where the catalog and the lists of models of some regions differ. What lists of these regions alone can't tell is left as it is: a
 * training or deployment type that none of them has may be offered elsewhere.
 */
export function listChanges(catalog: Catalog, regions: readonly RegionOffer[]): Change[] {
  return catalog.models.filter(({ withdrawn }) => !withdrawn).flatMap((model) => changesOf(model, regions));
}

interface Offer {
  region: string;
  offer: OfferedModel;
}

function changesOf(model: CatalogModel, regions: readonly RegionOffer[]): Change[] {
  const kind = model.accountKinds?.[0] ?? "OpenAI";
  const offers = regions.flatMap(({ location, models }): Offer[] => {
    const offer = offerOf(models, model.id, kind);
    return offer ? [{ region: regionName(location), offer }] : [];
  });
  if (offers.length === 0) return [];
  return [
    ...regionalChanges(model, "standardTrainingRegions", offers, (offer) => trainedAs(offer).includes("Standard")),
    ...regionalChanges(model, "standardDeploymentRegions", offers, (offer) => hasSku(offer, "Standard")),
    ...additions(model, "trainingTypes", offers, trainedAs),
    ...additions(model, "deploymentSkus", offers, tunedDeploymentTypes),
    ...figure(model, ["provisionedUnits"], offers, (offer) =>
      model.provisionedUnits === undefined ? undefined : stepOf(offer),
    ),
    ...figure(model, ["retirement", "base"], offers, ({ deprecation }) => deprecation.inference),
    ...figure(model, ["retirement", "training"], offers, ({ deprecation }) => deprecation.fineTune),
    ...figure(model, ["retirement", "deployments"], offers, lastDeployment),
  ];
}

/** Regions come and go one by one: those that were not asked stay. */
function regionalChanges(
  model: CatalogModel,
  name: "standardTrainingRegions" | "standardDeploymentRegions",
  offers: Offer[],
  has: (offer: OfferedModel) => boolean,
): Change[] {
  const before = model[name];
  const gone = offers.filter(({ region, offer }) => before.includes(region) && !has(offer));
  const come = offers.filter(({ region, offer }) => !before.includes(region) && has(offer));
  if (gone.length + come.length === 0) return [];
  const kept = before.filter((region) => !gone.some((one) => one.region === region));
  const after = [...kept, ...come.map(({ region }) => region)].sort();
  return [change(model, [name], before, after, [...gone, ...come])];
}

function additions(
  model: CatalogModel,
  name: "trainingTypes" | "deploymentSkus",
  offers: Offer[],
  found: (offer: OfferedModel) => readonly string[],
): Change[] {
  const before: readonly string[] = model[name];
  const having = offers.filter(({ offer }) => found(offer).some((value) => !before.includes(value)));
  const after = [...new Set([...before, ...having.flatMap(({ offer }) => found(offer))])];
  return after.length > before.length ? [change(model, [name], before, after, having)] : [];
}

/** A value that is the same everywhere; where regions differ, the latest date or the largest number counts. */
function figure(
  model: CatalogModel,
  path: ["provisionedUnits"] | ["retirement", keyof CatalogModel["retirement"]],
  offers: Offer[],
  read: (offer: OfferedModel) => string | number | undefined,
): Change[] {
  const values = offers.flatMap(({ region, offer }) => {
    const value = read(offer);
    return value === undefined ? [] : [{ region, value }];
  });
  const newest = values.reduce<(typeof values)[number] | undefined>(
    (most, one) => (most === undefined || one.value > most.value ? one : most),
    undefined,
  );
  const before = path[0] === "retirement" ? model.retirement[path[1]] : model.provisionedUnits;
  if (newest === undefined || newest.value === before) return [];
  if (before === undefined && isNoDate(newest.value)) return [];
  const saying = values.filter(({ value }) => value === newest.value);
  return [change(model, path, before, newest.value, saying)];
}

function change(
  { id: model }: CatalogModel,
  path: readonly string[],
  before: unknown,
  after: unknown,
  saying: { region: string }[],
): Change {
  return { file: "models.json", model, path, before, after, says: saying.map(({ region }) => region).join(", ") };
}

function hasSku(offer: OfferedModel, sku: string): boolean {
  return tunedSkus(offer).some(({ name }) => name === sku);
}

function stepOf(offer: OfferedModel): number | undefined {
  const capacity = tunedSkus(offer).find(({ name }) => name === "ProvisionedManaged")?.capacity;
  return capacity?.step ?? capacity?.minimum;
}
