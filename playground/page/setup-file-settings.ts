import type { DeploymentChoice } from "../api";
import type { SetupFile } from "../setup-file";
import type { Settings } from "./settings-values";
import { readFormat, readStop, readTools, writeStop } from "./typed-parameters";

/** What a file of these settings holds. @throws Error for what is typed wrong: a file must be one that can be read again */
export function fileOf(settings: Settings): Omit<SetupFile, "kind" | "version"> {
  const { systemMessage, fewShot, deployments } = settings;
  const { temperature, topP, maxTokens, seed, frequencyPenalty, presencePenalty } = settings;
  const typed = {
    "Stop sequences": readStop(settings.stop),
    "Response format": readFormat(settings),
    Tools: readTools(settings.tools),
  };
  for (const [name, { wrong }] of Object.entries(typed))
    if (wrong) throw new Error(`${name} can't be exported: ${wrong.replace(/^Not sent: /, "")}`);
  const parameters = {
    ...{ temperature, topP, maxTokens, seed, frequencyPenalty, presencePenalty },
    stop: typed["Stop sequences"].value,
    reasoningEffort: settings.reasoningEffort,
    responseFormat: typed["Response format"].value,
    tools: typed.Tools.value,
  };
  return { systemMessage, fewShot, deployments, parameters };
}

/** Settings of a file; deployments that the account doesn't have are left out, and the selection stays where none is left. */
export function settingsOf(
  file: SetupFile,
  choices: DeploymentChoice[],
): { settings: Partial<Settings>; missing: string[] } {
  const { systemMessage, fewShot, parameters } = file;
  const { stop, reasoningEffort, responseFormat, tools, ...numbers } = parameters;
  const { temperature, topP, maxTokens, seed, frequencyPenalty, presencePenalty } = numbers;
  const isThere = (wanted: string) => choices.some(({ name }) => name === wanted);
  const deployments = file.deployments.filter(isThere);
  const settings: Partial<Settings> = {
    ...{ systemMessage, fewShot, temperature, topP, maxTokens, seed, frequencyPenalty, presencePenalty },
    stop: writeStop(stop),
    reasoningEffort,
    format: responseFormat?.type ?? "text",
    schema: responseFormat?.type === "json_schema" ? pretty({ ...responseFormat, type: undefined }) : "",
    tools: tools ? pretty(tools) : "",
    ...(deployments.length > 0 ? { deployments } : {}),
  };
  return { settings, missing: file.deployments.filter((name) => !isThere(name)) };
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
