import type { Command } from "commander";
import { type Catalog, findModel, retirementWarnings, supportProblems, trainingRetired } from "../../catalog";
import type { ValidateOptions } from "./options";

/**
 * Sentences about the run that the files can't show: dates of retirement, and what a preview of it would refuse. Region, training type and
 * SKU count when they were asked for: their defaults are those of one model.
 */
export function noticesOf(program: Command, options: ValidateOptions, catalog: Catalog, today: Date): string[] {
  const model = findModel(options.model, catalog);
  if (!model) return [];
  const { method, trainingType, location, sku } = options;
  const placed = ["location", "trainingType", "sku"].some((name) => program.getOptionValueSource(name) !== "default");
  const place = placed ? { trainingType, location, deploymentSku: sku } : {};
  const refused = supportProblems({ model: options.model, method, ...place }, catalog);
  return [
    ...retirementWarnings(model, today, catalog),
    ...[trainingRetired(model, today, catalog), ...refused.map(({ reason }) => reason)]
      .filter((reason) => reason !== undefined)
      .map((reason) => `A preview of this run would fail: ${reason}`),
  ];
}
