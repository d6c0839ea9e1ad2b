import type { Deployment } from "@azure/arm-cognitiveservices";
import { chatApiOf } from "../azure-openai/chat-api";
import { reasoningEfforts } from "../azure-openai/chat-types";
import { baseModelName, findModel, inferenceRate, refusedParameters } from "../catalog";
import type { StackFacts } from "../report/stack-facts";
import { isTemporaryName } from "../dynamic-providers/evaluation/temporary-name";
import type { DeploymentChoice } from "./api";
import { versionOf } from "./versions";

/** Deployments that can be talked to: tuned ones, then base models; of each the stack's own first. */
export function deploymentChoices(found: Deployment[], facts: StackFacts): DeploymentChoice[] {
  const { location, versions } = facts;
  const own = [facts.deployment?.name, facts.baseModel?.name];
  const choices = found.flatMap((deployment) => {
    const { name, sku, properties } = deployment;
    const model = properties?.model;
    if (!name || !model?.name) return [];
    const served = modelName(model);
    const version = versionOf(versions, served)?.version;
    return [
      {
        ...choice(name, served, sku?.name ?? "", properties?.provisioningState ?? "", location, own),
        api: chatApiOf(model.format),
        ...(version === undefined ? {} : { version }),
        ...(isTemporaryName(name) && { temporary: true as const }),
      },
    ];
  });
  return choices.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** A base model's version is a member of its own; a tuned model's name holds everything. */
function modelName({ name = "", version }: { name?: string; version?: string }): string {
  return isTuned(name) || !version || name.endsWith(version) ? name : `${name}-${version}`;
}

function choice(
  name: string,
  model: string,
  sku: string,
  state: string,
  location: string,
  own: (string | undefined)[],
) {
  const known = findModel(model);
  return {
    name,
    model,
    kind: !isTuned(model) ? "base" : /:ckpt-step-\d+$/.test(model) ? "checkpoint" : "fine-tuned",
    sku,
    ownedByStack: own.includes(name),
    rate: known && inferenceRate({ model: known, deploymentSku: sku, location }),
    refuses: known ? refusedParameters(known) : [],
    reasoningEfforts: reasoningEfforts.filter((effort) => known?.reasoningEfforts?.includes(effort) ?? !known),
    vision: known?.vision ?? true,
    state,
  } satisfies Omit<DeploymentChoice, "api">;
}

function isTuned(model: string): boolean {
  return baseModelName(model) !== model;
}

/** Temporary ones last: they are gone when their evaluation ends. */
function rank({ ownedByStack, kind, temporary }: DeploymentChoice): number {
  return (temporary ? 4 : 0) + (kind === "base" ? 2 : 0) + (ownedByStack ? 0 : 1);
}
