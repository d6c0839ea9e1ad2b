import { type Catalog, type CatalogModel, shippedCatalog } from "./catalog";
import { findModel } from "./models";
import { isTunable } from "./retirement";

/**
 * What the catalog knows to set instead, after the service has refused a model: its methods, training types and SKUs, and the models
 * that are not retired.
 *
 * @param name - model that was refused; absent where the refusal names none.
 * @param today - day that dates of retirement are compared with.
 */
export function choicesInstead(name: string | undefined, today: Date, catalog: Catalog = shippedCatalog): string {
  const model = name === undefined ? undefined : findModel(name, catalog);
  const others = catalog.models.filter((other) => other.id !== model?.id && isTunable(other, today));
  const rest = others.map(({ id }) => id).join(", ") || "none";
  if (!model || !isTunable(model, today)) return `According to the catalog, these models can be fine-tuned: ${rest}.`;
  const { id, methods, trainingTypes, deploymentSkus } = model;
  const types = trainingTypes.map((type) => `${type}${regionsOf(model, type)}`);
  return `According to the catalog, ${id} supports method ${methods.join(", ")}; trainingType ${types.join(", ")}; deploy.sku ${deploymentSkus.join(", ")}. Other models: ${rest}.`;
}

function regionsOf(model: CatalogModel, type: CatalogModel["trainingTypes"][number]): string {
  const regions = { Standard: model.standardTrainingRegions, DataZone: model.dataZoneTrainingRegions };
  // Regions of the other types are not all known.
  const known = type === "Standard" || type === "DataZone" ? regions[type] : [];
  return known.length > 0 ? ` (location ${known.join(", ")})` : "";
}
