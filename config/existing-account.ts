import type { Settings } from "./settings";

/**
 * Settings that ask for something of an account that the stack doesn't own, one sentence each: it changes nothing of that account, and says so
 * instead of leaving the setting without effect.
 */
export function existingAccountConflicts(settings: Settings): string[] {
  const { account, tags, network, keys, contentFilter, deploy } = settings;
  if (!account.existing) {
    return account.resourceGroupName === undefined
      ? []
      : [
          `account.resourceGroupName is "${account.resourceGroupName}", but account.existing is not true; to choose where the stack creates its account, set resourceGroupName instead.`,
        ];
  }
  const found: string[] = [];
  if (account.name === undefined)
    found.push("account.existing is true, but account.name is missing; set it to the account's name.");
  const changes: Record<string, boolean> = {
    "account.protect": account.protect,
    tags: tags !== undefined,
    "network.publicNetworkAccess": network.publicNetworkAccess !== "Enabled",
    "network.networkAcls": network.networkAcls !== undefined,
    "network.privateEndpoint": network.privateEndpoint !== undefined,
    identity: settings.identity !== undefined,
    encryption: settings.encryption !== undefined,
    diagnostics: settings.diagnostics !== undefined,
  };
  for (const [setting, isSet] of Object.entries(changes)) {
    if (isSet) {
      found.push(
        `${setting} is set, but account.existing is true, so the stack doesn't modify that account. Remove ${setting}.`,
      );
    }
  }
  if (settings.transform !== undefined) {
    found.push(
      "transform is set, but account.existing is true: the stack creates no azure-native account or deployment there that a transform could change. Remove transform.",
    );
  }
  if (contentFilter) {
    found.push(
      "contentFilter is set, but account.existing is true, so the stack doesn't modify that account, and content filters are part of it. Remove contentFilter, and set deploy.raiPolicyName to a filter that the account has" +
        `${deploy.raiPolicyName === undefined ? "" : ` (now "${deploy.raiPolicyName}")`}.`,
    );
  }
  if (keys.rotation > 0 && !keys.rotateExisting) {
    found.push(
      `keys.rotation is ${keys.rotation}, but account.existing is true: others may be using the key that would be regenerated. Remove keys.rotation, or set keys.rotateExisting to true.`,
    );
  }
  return found;
}
