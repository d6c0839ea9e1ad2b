import { sameName } from "../format/same-name";
import type { TrainingType } from "./catalog";

/** What a region's list of models (Resource Manager) says of one of them. */
export interface OfferedModel {
  /** Kind of the account on which it is offered: `OpenAI`, `AIServices`. */
  kind: string;
  /** `model.format` of its deployments; empty: not listed. */
  format: string;
  /** Without version. */
  name: string;
  version: string;
  /** By Azure's names, as texts: `globalFineTune`: `true`. */
  capabilities: Readonly<Record<string, string>>;
  /** ISO days. */
  deprecation: { fineTune?: string; inference?: string };
  skus: OfferedSku[];
}

/** One way to deploy it; a model tuned from it has entries of its own, with the same `name`. */
export interface OfferedSku {
  name: string;
  usageName: string;
  capacity: { minimum?: number; maximum?: number; step?: number };
  /** ISO day. */
  retiresOn?: string;
}

/** The models that one region offers. */
export interface RegionOffer {
  /** `eastus2`. */
  location: string;
  models: readonly OfferedModel[];
}

/**
 * Flags of training types. They and the entries for tuned deployments do not always agree, so each is read for what it is about
 * (recorded, 41 regions of 2026-06: eastus offers the training of gpt-4.1 as Standard, but no such deployment).
 */
const FLAGS: readonly (readonly [flag: string, type: TrainingType])[] = [
  ["fineTune", "Standard"],
  ["datazoneFineTune", "DataZone"],
  ["globalFineTune", "GlobalStandard"],
  ["devTierFineTune", "Developer"],
];

/** The entry of a model, by its name with version or, where the catalog's has none, by name. Each is listed once for each kind of account. */
export function offerOf(models: readonly OfferedModel[], id: string, accountKind: string): OfferedModel | undefined {
  const ofKind = models.filter(({ kind }) => sameName(kind, accountKind));
  return (
    ofKind.find(({ name, version }) => sameName(`${name}-${version}`, id)) ??
    ofKind.find(({ name }) => sameName(name, id))
  );
}

/** How the region trains new models from it. */
export function trainedAs({ capabilities }: OfferedModel): TrainingType[] {
  return FLAGS.filter(([flag]) => capabilities[flag]?.toLowerCase() === "true").map(([, type]) => type);
}

/**
 * The ways to deploy a model tuned from it: entries whose `usageName` ends with `-finetune`, in any case (recorded; Azure's own CLI tests
 * for that suffix), and ProvisionedManaged, whose entry and quota base and tuned models share.
 */
export function tunedSkus({ skus }: OfferedModel): OfferedSku[] {
  return skus.filter(({ name, usageName }) => /-finetune$/i.test(usageName) || sameName(name, "ProvisionedManaged"));
}

/** Their names without ProvisionedManaged, whose entry doesn't say whether it is sold for tuned models. */
export function tunedDeploymentTypes(offer: OfferedModel): string[] {
  return tunedSkus(offer).flatMap(({ name }) => (sameName(name, "ProvisionedManaged") ? [] : [name]));
}
