import type { Catalog } from "./catalog";
import { findModel } from "./models";
import { readableCatalog } from "./override";

/**
 * `model.format` of a deployment at Resource Manager.
 *
 * @param name - the base model's, or that of a model tuned from it
 * @param catalogFile - a JSON file whose entries override the shipped catalog; one that can't be read is reported elsewhere
 */
export function modelFormat(name: string, catalogFile?: string): string {
  return findModel(name, readableCatalog(catalogFile))?.format ?? "OpenAI";
}

/**
 * What to do where a region lists a model in another format than the catalog has, in which it would be deployed.
 *
 * @param listed - the region's list, laid over the catalog
 */
export function otherFormat(name: string, catalog: Catalog, listed: Catalog): string | undefined {
  const [model, there] = [findModel(name, catalog), findModel(name, listed)];
  if (!model || listed.listedIn === undefined || model.format === there?.format) return undefined;
  const { id, format = "OpenAI" } = model;
  const entry = (one: string) => JSON.stringify({ models: [{ id, format: one }] });
  return `${id} would be deployed with model format ${format}, but Resource Manager's list of models for ${listed.listedIn} currently gives its format as ${there?.format ?? "OpenAI"}. Set \`catalogFile\` to a JSON file with ${entry(there?.format ?? "OpenAI")}, or with ${entry(format)} if Azure accepts ${format} anyway.`;
}
