import { sameName } from "../format/same-name";
import { type Catalog, type CatalogModel, type InferenceRate, shippedCatalog } from "./catalog";
import { isProvisioned, priceHosting } from "./hosting";
import { inferenceRate } from "./inference";
import { baseModelName, findModel, regionName } from "./models";

/** A deployment of a base model by itself, beside the one of the model that was tuned from it. */
export interface BaseDeployment {
  /** Base model, by any of its names, or a model tuned from it. */
  model: string;
  /** Deployment type. */
  sku: string;
  location: string;
}

/** What speaks against it: the start of a sentence, and the deployment types that the model has there. */
export interface BaseDeploymentProblem {
  what: string;
  allowed: string[];
}

/** Why a base model can't be deployed by itself in a region with a deployment type, by the catalog; undefined where it can. */
export function baseDeploymentProblem(
  { model: name, sku, location }: BaseDeployment,
  catalog: Catalog = shippedCatalog,
): BaseDeploymentProblem | undefined {
  const model = findModel(name, catalog);
  // That the model is not known is said of `model`.
  if (!model) return undefined;
  const region = regionName(location);
  const places = Object.entries(model.baseDeploymentRegions ?? {});
  const allowed = places.filter(([, regions]) => regions.includes(region)).map(([known]) => known);
  if (allowed.some((known) => sameName(known, sku))) return undefined;
  const nowhere = allowed.length === 0 ? " (nor with any other listed type)" : "";
  return {
    what: `The base model ${model.id} can't be deployed untuned as '${sku}' in '${region}'${nowhere}`,
    allowed,
  };
}

/** Why a base model can't be deployed any more; undefined while it can. */
export function baseRetired({ id, retirement: { base } }: CatalogModel, today: Date): string | undefined {
  if (!base || Date.parse(base) > today.getTime()) return undefined;
  return `The base model ${id} was retired on ${base} and can't be deployed. Set deploy.baseModel.enabled to false. If Azure has moved the date, correct it in a \`catalogFile\`.`;
}

/** Price of a deployment of a base model: of its tokens, or of its time where it is provisioned. */
export interface BaseDeploymentPrice {
  /** USD per million tokens; absent where the catalog has none, or tokens are not what is billed. */
  perMillionTokens?: InferenceRate;
  /** 0 unless it is provisioned. */
  usdPerHour: number;
}

/** @param capacity - throughput units where the type is provisioned; else the price doesn't depend on it */
export function priceBaseDeployment(
  model: CatalogModel,
  { sku, location, capacity }: { sku: string; location: string; capacity: number },
  catalog: Catalog = shippedCatalog,
): BaseDeploymentPrice {
  if (isProvisioned(sku)) return { usdPerHour: priceHosting(model, sku, catalog, { location, capacity }).usdPerHour };
  return { perMillionTokens: inferenceRate({ model, deploymentSku: sku, location }, catalog), usdPerHour: 0 };
}

/** `gpt-4o-mini-2024-07-18` as Resource Manager has it: name and version apart. */
export function modelAndVersion(id: string): { name: string; version?: string } {
  const [, name, version] = /^(.+)-(\d{4}-\d{2}-\d{2})$/.exec(id) ?? [];
  return name ? { name, version } : { name: id };
}

/** Name of the deployment of a base model: nothing but the model decides it. @param model - base model, or one tuned from it */
export function baseDeploymentName(model: string, catalog: Catalog = shippedCatalog): string {
  return `${findModel(model, catalog)?.id ?? baseModelName(model)}-base`;
}
