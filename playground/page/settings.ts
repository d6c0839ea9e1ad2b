import { signal } from "@preact/signals";
import type { ChatMessage, ChatParameters } from "../../azure-openai/chat-types";
import type { RefusedParameter } from "../../catalog/chat-parameters";
import type { DeploymentChoice, FewShotExample } from "../api";
import { noSettings, type Settings } from "./settings-values";
import { readFormat, readStop, readTools } from "./typed-parameters";

export const settings = signal<Settings>(noSettings);
/** Deployments of the account, as last read. */
export const choices = signal<DeploymentChoice[]>([]);

export function change(part: Partial<Settings>): void {
  settings.value = { ...settings.value, ...part };
}

/** System message and complete few-shot examples: what comes before the conversation. */
export function leadOf({ systemMessage, fewShot }: Settings): ChatMessage[] {
  const examples = fewShot.filter(isComplete).flatMap(({ user, assistant }): ChatMessage[] => [
    { role: "user", content: user },
    { role: "assistant", content: assistant },
  ]);
  return [...system(systemMessage), ...examples];
}

export function system(content: string): ChatMessage[] {
  return content.trim() === "" ? [] : [{ role: "system", content }];
}

/** Whether an example is sent: half of one would teach the model nothing. */
export function isComplete({ user, assistant }: FewShotExample): boolean {
  return user.trim() !== "" && assistant.trim() !== "";
}

/** Parameters as they are sent to a deployment: without those that its model refuses, and without what is typed wrong. */
export function parametersFor(deployment: string, settings: Settings): ChatParameters {
  const { temperature, topP, maxTokens, seed, frequencyPenalty, presencePenalty } = settings;
  const all: ChatParameters = {
    ...{ temperature, topP, maxTokens, seed, frequencyPenalty, presencePenalty },
    stop: readStop(settings.stop).value,
    responseFormat: readFormat(settings).value,
    tools: readTools(settings.tools).value,
  };
  const refused: string[] = choices.value.find(({ name }) => name === deployment)?.refuses ?? [];
  const taken = Object.entries(all).filter(([name, value]) => value !== undefined && !refused.includes(name));
  return Object.fromEntries(taken);
}

/** Selected deployments whose model refuses a parameter, by the catalog. */
export function refusing(parameter: string): string[] {
  const { deployments } = settings.value;
  return choices.value
    .filter(({ name, refuses }) => deployments.includes(name) && refuses.includes(parameter as RefusedParameter))
    .map(({ name }) => name);
}
