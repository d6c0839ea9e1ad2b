import type { Settings } from "./settings";

/** A key without which the account could not be made, or would be made without it: one sentence each. */
export function encryptionConflicts({ encryption, identity }: Settings): string[] {
  if (!encryption) return [];
  const { keySource = "Microsoft.KeyVault", identityClientId, ...key } = encryption;
  if (keySource === "Microsoft.CognitiveServices") {
    return Object.entries({ ...key, identityClientId })
      .filter(([, value]) => value !== undefined)
      .map(
        ([name]) =>
          `encryption.${name} is set, but encryption.keySource is "${keySource}", which doesn't use a key of your own. Remove encryption.${name}.`,
      );
  }
  const found = (["keyVaultUri", "keyName", "keyVersion"] as const)
    .filter((name) => key[name] === undefined)
    .map((name) => `encryption.${name} is missing; encryption needs keyVaultUri, keyName and keyVersion.`);
  if (identityClientId !== undefined && !identity?.userAssigned?.length) {
    found.push(
      "encryption.identityClientId is set, but identity.userAssigned is empty; list the ID of that managed identity there.",
    );
  }
  if (identityClientId === undefined && !identity?.systemAssigned) {
    found.push(
      "encryption is set, but no identity can read the key. Set encryption.identityClientId to a managed identity that is in identity.userAssigned, or identity.systemAssigned to true.",
    );
  }
  return found;
}

export function diagnosticsConflicts({ diagnostics }: Settings): string[] {
  return diagnostics && diagnostics.workspaceId === undefined
    ? [
        "diagnostics.categories is set, but diagnostics.workspaceId is missing; set it to the ID of a Log Analytics workspace.",
      ]
    : [];
}
