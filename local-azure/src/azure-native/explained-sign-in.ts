import type { TokenCredential } from "@azure/identity";

/** A credential whose failures are explained in one sentence that says what to do. */
export function explainedSignIn(credential: TokenCredential, loginEndpoint: string): TokenCredential {
  return {
    getToken: (scopes, options) =>
      credential.getToken(scopes, options).catch((error: unknown) => {
        if (options?.abortSignal?.aborted || !(error instanceof Error)) throw error;
        throw new Error(`Sign-in failed: ${explanation(error.message, loginEndpoint)}`, { cause: error });
      }),
  };
}

const WAYS_OUT: Record<string, string> = {
  AADSTS7000215: "Check azure-native:clientSecret (ARM_CLIENT_SECRET): it must be the secret's value, not its id.",
  AADSTS7000222:
    "The client secret has expired: create a new one and set azure-native:clientSecret (ARM_CLIENT_SECRET).",
  AADSTS700016: "Check azure-native:clientId (ARM_CLIENT_ID) and azure-native:tenantId (ARM_TENANT_ID).",
  AADSTS90002: "Check azure-native:tenantId (ARM_TENANT_ID).",
};
const ANY_WAY_OUT =
  "Check azure-native:clientId, clientSecret and tenantId (ARM_CLIENT_ID, ARM_CLIENT_SECRET, ARM_TENANT_ID) or run `az login`.";

/** @param message - of @azure/identity: many lines, with the service's own text somewhere in them */
function explanation(message: string, loginEndpoint: string): string {
  // MSAL says this when it can't read the authority's OpenID document, for whatever reason.
  if (message.includes("endpoints_resolution_error")) {
    return (
      `${loginEndpoint} did not answer as a login endpoint: check that it can be reached and that its certificate is ` +
      "trusted; for a private cloud set azure-native:disableInstanceDiscovery (ARM_DISABLE_INSTANCE_DISCOVERY) to true."
    );
  }
  const known = /(AADSTS\d+): .*?(?=\s*(?:Trace ID|\r|\n|$))/.exec(message);
  const detail = known ? known[0] : message.split("\n")[0]!;
  return `${detail.trim()} ${WAYS_OUT[known?.[1] ?? ""] ?? ANY_WAY_OUT}`;
}
