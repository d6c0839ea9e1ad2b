import { type Catalog, type CatalogModel, shippedCatalog } from "./catalog";

/**
 * The base model behind a name: its id, an alias, or the name of a model tuned from it (`<base>.ft-<32 hex>[-<suffix>][:ckpt-step-<n>]`).
 * Case does not matter.
 *
 * @returns `undefined` when the catalog has no such model.
 */
export function findModel(name: string, catalog: Catalog = shippedCatalog): CatalogModel | undefined {
  const base = baseModelName(name).toLowerCase();
  return catalog.models.find((model) => model.id === base || model.aliases.includes(base));
}

/** `gpt-4o-mini-2024-07-18.ft-0a1b...-suffix` -> `gpt-4o-mini-2024-07-18`; other names as they are. */
export function baseModelName(name: string): string {
  return name.replace(/\.ft-[0-9a-f]{32}.*$/i, "");
}

/**
 * Ids of the models that can be fine-tuned today, for error messages.
 *
 * @param accountKind - kind of the account that tunes them; left out, on any kind of account.
 */
export function tunableModels(catalog: Catalog = shippedCatalog, accountKind?: string): string[] {
  return catalog.models
    .filter((model) => model.trainingTypes.length > 0 && !model.withdrawn)
    .filter((model) => accountKind === undefined || isOfferedOn(model, accountKind))
    .map((model) => model.id);
}

/** Whether accounts of a kind (`OpenAI`, `AIServices`) offer the model. */
export function isOfferedOn(model: CatalogModel, accountKind: string): boolean {
  return model.accountKinds?.includes(accountKind) ?? true;
}

/** Every region in which some model can be trained with training type Standard. */
export function standardTrainingRegions(catalog: Catalog = shippedCatalog): string[] {
  return [...new Set(catalog.models.flatMap((model) => model.standardTrainingRegions))].sort();
}

/** `North Central US` and `northcentralus` are one region: ARM takes both. */
export function regionName(location: string): string {
  return location.replace(/\s/g, "").toLowerCase();
}
