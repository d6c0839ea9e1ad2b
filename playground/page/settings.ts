import { signal } from "@preact/signals";
import type { ChatImage, ChatMessage, ChatParameters, ReasoningEffort } from "../../azure-openai/chat-types";
import { reasoningEfforts } from "../../azure-openai/chat-types";
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

/** System message and complete few-shot examples: what comes before the conversation. Images are for whoever takes them: `messagesFor`. */
export function leadOf({ systemMessage, fewShot }: Settings): ChatMessage[] {
  const examples = fewShot
    .filter(isComplete)
    .flatMap(({ user, images = [], assistant }): ChatMessage[] => [
      userMessage(user, images),
      { role: "assistant", content: assistant },
    ]);
  return [...system(systemMessage), ...examples];
}

/** A message without a list of no images. */
export function userMessage(content: string, images: ChatImage[]): ChatMessage {
  return { role: "user", content, ...(images.length > 0 && { images }) };
}

/** Messages as they are sent to a deployment: without images where its model takes none. */
export function messagesFor(deployment: string, messages: ChatMessage[]): ChatMessage[] {
  if (takesImages(deployment)) return messages;
  return messages.map((message) => (message.role === "user" ? userMessage(message.content, []) : message));
}

/** Whether a deployment's model takes images, by the catalog. */
export function takesImages(deployment: string): boolean {
  return choices.value.find(({ name }) => name === deployment)?.vision ?? true;
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
  const choice = choices.value.find(({ name }) => name === deployment);
  const { reasoningEffort } = settings;
  if (reasoningEffort && choice?.reasoningEfforts.includes(reasoningEffort)) all.reasoningEffort = reasoningEffort;
  const refused: string[] = choice?.refuses ?? [];
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

/** Selected deployments. */
export function selectedChoices(): DeploymentChoice[] {
  const { deployments } = settings.value;
  return choices.value.filter(({ name }) => deployments.includes(name));
}

/** Efforts of reasoning that one of the selected deployments takes; empty: there is nothing to choose. */
export function offeredEfforts(): ReasoningEffort[] {
  const taken = selectedChoices().flatMap(({ reasoningEfforts }) => reasoningEfforts);
  return reasoningEfforts.filter((effort) => taken.includes(effort));
}
