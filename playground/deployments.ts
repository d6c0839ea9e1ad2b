import type { Deployment } from "@azure/arm-cognitiveservices";
import { baseModelName, findModel, inferenceRate, refusedParameters } from "../catalog";
import type { StackFacts } from "../report/stack-facts";
import type { DeploymentChoice } from "./api";

/** Deployments that can be talked to: the stack's own first, then tuned ones, then base models. */
export function deploymentChoices(found: Deployment[], { location, deployment: own }: StackFacts): DeploymentChoice[] {
  const choices = found.flatMap((deployment) => {
    const { name, sku, properties } = deployment;
    const model = properties?.model;
    if (!name || !model?.name) return [];
    return [choice(name, modelName(model), sku?.name ?? "", properties?.provisioningState ?? "", location, own?.name)];
  });
  return choices.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** A base model's version is a member of its own; a tuned model's name holds everything. */
function modelName({ name = "", version }: { name?: string; version?: string }): string {
  return isTuned(name) || !version || name.endsWith(version) ? name : `${name}-${version}`;
}

function choice(name: string, model: string, sku: string, state: string, location: string, own: string | undefined) {
  const known = findModel(model);
  return {
    name,
    model,
    kind: !isTuned(model) ? "base" : /:ckpt-step-\d+$/.test(model) ? "checkpoint" : "fine-tuned",
    sku,
    ownedByStack: name === own,
    rate: known && inferenceRate({ model: known, deploymentSku: sku, location }),
    refuses: known ? refusedParameters(known) : [],
    state,
  } satisfies DeploymentChoice;
}

function isTuned(model: string): boolean {
  return baseModelName(model) !== model;
}

function rank({ ownedByStack, kind }: DeploymentChoice): number {
  return ownedByStack ? 0 : kind === "base" ? 2 : 1;
}
