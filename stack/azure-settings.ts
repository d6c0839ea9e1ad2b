import { type AzureSettings, readSettings } from "../azure-openai/settings";
import type { StackExport } from "./stack-state";

/** azure-native's settings in the state. Secrets are encrypted there and left out: they come from the environment. */
export function providerInputs(state: StackExport): Record<string, string> {
  const provider = (state.deployment.resources ?? []).find(({ type }) => type === "pulumi:providers:azure-native");
  const plain = Object.entries(provider?.inputs ?? {}).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(plain) as Record<string, string>;
}

/** Who signs in, and to which cloud: as azure-native does with this stack. */
export function azureSettings(inputs: Record<string, string>, environment: NodeJS.ProcessEnv): AzureSettings {
  return readSettings({ get: (key) => inputs[key.replace("azure-native:", "")] }, environment);
}
