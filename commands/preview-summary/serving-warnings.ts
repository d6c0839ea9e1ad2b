import { switchMode, switchModeNames } from "../../dynamic-providers/runtime/switch-modes";
import type { Pipeline } from "./pipeline";
import { at, isUnknown, type Step } from "./steps";
import { name } from "./values";

const MODEL = "properties.model.name";
const NAME = "deploymentName";

/** What clients of the deployment notice while `up` runs and from then on: another name, another model, an outage, less capacity. */
export function servingWarnings({ name: model, deployment, baseModel, probe }: Pipeline): string[] {
  return [...tunedModelWarnings({ name: model, deployment, probe }), ...baseModelWarnings(baseModel)];
}

/** Whoever compares with the base model calls it by its name. */
function baseModelWarnings(baseModel: Step | undefined): string[] {
  if (baseModel?.operation !== "delete" && baseModel?.operation !== "replace") return [];
  const before = name(at(baseModel.old, NAME)) ?? "";
  return [`The base model's deployment ${before} will be deleted: clients that call it will get 404.`];
}

function tunedModelWarnings({
  name: model,
  deployment,
  probe,
}: Pick<Pipeline, "name" | "deployment" | "probe">): string[] {
  if (!deployment) return [];
  const before = name(at(deployment.old, NAME)) ?? "";
  if (deployment.operation === "delete") {
    // Outputs of another program have other names.
    if (model !== undefined) return [`The deployment ${before} will be deleted: clients that call it will get 404.`];
    return [
      `The deployment ${before} will be deleted: clients that call it will get 404, and the outputs AZURE_OPENAI_DEPLOYMENT, deploymentName, probeQuestion and probeAnswer will be removed.`,
    ];
  }
  if (deployment.operation !== "replace" && deployment.operation !== "update") return [];
  const recreated = deployment.operation === "replace" && deletesFirst(probe);
  return [
    ...(renamed(deployment) ? newName(deployment, recreated) : sameName(deployment, before)),
    ...lessCapacity(deployment),
  ];
}

/** What clients have to do after an `up` that gave a deployment another name: with `--yes` nobody has read it before. */
export function newNames({ deployment }: Pick<Pipeline, "deployment">): string[] {
  if (deployment?.operation !== "replace" || !renamed(deployment)) return [];
  const [before, after] = [at(deployment.old, NAME), at(deployment.new, NAME)];
  return [
    `The deployment ${name(before)} was replaced by ${name(after)}: clients that call the old name get 404 and must be changed to the new name.`,
  ];
}

function deletesFirst(probe: Step | undefined): boolean {
  const mode = switchModeNames.find((name) => name === at(probe?.new ?? {}, "switch"));
  return mode !== undefined && switchMode(mode).options.deleteBeforeReplace === true;
}

function newName(deployment: Step, recreated: boolean): string[] {
  const [before, after] = [at(deployment.old, NAME), at(deployment.new, NAME)];
  const next = isUnknown(after) ? "a new one (its name will be known after `up`)" : name(after);
  const inBetween = recreated
    ? `The old one will be deleted first, so calls will fail until ${next} is ready, which takes from a few minutes to an hour.`
    : "The old one will be deleted at the end of `up`, after the new one has passed its test call; you will be charged for both until then.";
  return [
    `The deployment ${name(before)} will be replaced by ${next}: clients that call the old name will get 404 and must be changed to the new name. ${inBetween}`,
  ];
}

function sameName(deployment: Step, serving: string): string[] {
  const [before, after] = [at(deployment.old, MODEL), at(deployment.new, MODEL)];
  const warnings: string[] = [];
  if (deployment.operation === "replace") {
    warnings.push(
      `The deployment ${serving} will be deleted and recreated under the same name: clients will get 404 in between, for a few minutes to an hour. With deploy.switch blueGreen there is no downtime, but the name changes.`,
    );
  }
  if (before !== undefined && before !== after) {
    warnings.push(
      `${serving} will keep its name but serve a different model from then on. Clients will get that model's answers without any change on their side.`,
    );
  }
  return warnings;
}

function lessCapacity(deployment: Step): string[] {
  const [before, after] = [at(deployment.old, "sku.capacity"), at(deployment.new, "sku.capacity")];
  if (typeof before !== "number" || typeof after !== "number" || after >= before) return [];
  return [`The capacity will drop from ${before} to ${after}: requests beyond it will be refused with 429.`];
}

function renamed(deployment: Step): boolean {
  return at(deployment.old, NAME) !== at(deployment.new, NAME);
}
