import { AzureFailure } from "./failure";
import type { AzureSettings } from "./settings";

/** Refusals that only a person can fix; others (an outage, an expired `az login`) may pass during a wait of hours. */
const REFUSED = new Set([
  "AADSTS7000215",
  "AADSTS7000222",
  "AADSTS700016",
  "AADSTS90002",
  "AADSTS700024",
  "AADSTS70021",
  "AADSTS700213",
  "AADSTS700027",
]);

/**
 * Entra ID's refusal as one sentence with the way out, by its AADSTS number
 * (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
 * @param message - what @azure/identity says; may be long and hold several lines
 * @param destroying - whether a `destroy` is running: it gets the configuration as it was at the last `up`
 */
export function signInFailure(message: string, settings: AzureSettings, destroying = false): AzureFailure {
  const code = /AADSTS\d+/.exec(message)?.[0];
  return new AzureFailure(`Sign-in to Azure failed: ${explain(code, message, settings, destroying)}`, {
    code: code ?? "SignInFailed",
    neverSent: true,
    permanent: code !== undefined && REFUSED.has(code),
  });
}

function explain(code: string | undefined, message: string, settings: AzureSettings, destroying: boolean): string {
  const client = `client ${settings.clientId ?? "(none)"}`;
  const tenant = `tenant ${settings.tenantId ?? "(none)"}`;
  switch (code) {
    case "AADSTS7000215":
      return `the client secret of ${client} is wrong (${code}). ${secretAdvice(settings, destroying)}`;
    case "AADSTS7000222":
      return `the client secret of ${client} has expired (${code}). ${secretAdvice(settings, destroying)}`;
    case "AADSTS700016":
      return `${client} does not exist in ${tenant} (${code}): check azure-native:clientId / ARM_CLIENT_ID and the tenant.`;
    case "AADSTS90002":
      return `${tenant} does not exist (${code}): check azure-native:tenantId / ARM_TENANT_ID, and the cloud (azure-native:environment).`;
    case "AADSTS700024":
      return `the federated token is not valid at the moment (${code}): request a new one, and check this machine's clock.`;
    case "AADSTS70021":
    case "AADSTS700213":
      return `no federated credential of ${client} matches the token (${code}): compare issuer, subject and audience in the app registration.`;
    case "AADSTS700027":
      return `the certificate is not registered for ${client} (${code}): upload it to the app registration.`;
  }
  return `${firstSentence(message)} Check azure-native:* or ARM_* (client, tenant, secret), or run \`az login\`.`;
}

function secretAdvice(settings: AzureSettings, destroying: boolean): string {
  const both = "azure-native:clientSecret or ARM_CLIENT_SECRET";
  if (settings.clientSecretFrom !== "configuration") return `Set a valid one in ${both}.`;
  const stale = destroying
    ? "destroy uses the secret that was configured at the last `up`, so "
    : "a newly configured secret does not take effect for destroy until the next `up`, so ";
  return `The secret comes from the stack's configuration; ${stale}prefer ARM_CLIENT_SECRET in the environment (and remove azure-native:clientSecret).`;
}

/** The first line without trace ids and time stamps. */
function firstSentence(message: string): string {
  const line = message.split(/\r?\n| Trace ID:/, 1)[0]?.trim() ?? "";
  return line.endsWith(".") ? line : `${line}.`;
}
