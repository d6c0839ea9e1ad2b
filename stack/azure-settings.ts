import { type AzureSettings, readSettings } from "../azure-openai/settings";
import type { StackExport } from "./stack-state";

const PROVIDER_TYPE = "pulumi:providers:azure-native";

/** azure-native's settings in the state. Secrets are encrypted there and left out: they come from the environment. */
export function providerInputs(state: StackExport): Record<string, string> {
  const provider = (state.deployment.resources ?? []).find(({ type }) => type === PROVIDER_TYPE);
  const plain = Object.entries(provider?.inputs ?? {}).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(plain) as Record<string, string>;
}

/** Who signs in, and to which cloud: as azure-native does with this stack. */
export function azureSettings(inputs: Record<string, string>, environment: NodeJS.ProcessEnv): AzureSettings {
  return readSettings({ get: (key) => inputs[key.replace("azure-native:", "")] }, environment);
}

/** Settings of azure-native by which it signs in, and the variables that stand for them. */
const SECRETS = [
  { name: "clientSecret", variable: "ARM_CLIENT_SECRET" },
  { name: "clientCertificatePassword", variable: "ARM_CLIENT_CERTIFICATE_PASSWORD" },
  { name: "oidcToken", variable: "ARM_OIDC_TOKEN" },
] as const;

/** Those that the stack's own settings have, encrypted: pulumi alone can read them. */
export function secretSettings(state: StackExport): { name: string; variable: string }[] {
  const provider = (state.deployment.resources ?? []).find(({ type }) => type === PROVIDER_TYPE);
  return SECRETS.filter(({ name }) => typeof provider?.inputs?.[name] === "object");
}
