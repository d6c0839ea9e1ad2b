import type { Pipeline } from "./pipeline";
import { at, type Step } from "./steps";

const KEYS = "the outputs AZURE_OPENAI_API_KEY and AZURE_OPENAI_API_KEY_2";

/** What clients of the account notice: who has access, with what, and whether the account exists at all. */
export function accountWarnings({ account, keys }: Pipeline): string[] {
  return [...(account ? changesOf(account) : []), ...rotation(keys)];
}

function changesOf(account: Step): string[] {
  if (account.operation === "delete")
    return ["The account is deleted for good, with every file, job and model in it: clients lose endpoint and keys."];
  const warnings: string[] = [];
  if (account.operation === "replace") {
    warnings.push(
      "The account is replaced: its endpoint and keys change, and every file, job and model in it is deleted for good. Clients must move to the new outputs.",
    );
  }
  if (became(account, "properties.disableLocalAuth", true) && account.operation === "update") {
    warnings.push(
      `The account's keys are switched off: clients that sign in with a key are refused (403 AuthenticationTypeDisabled), and ${KEYS} are removed. Clients need Microsoft Entra ID and a role.`,
    );
  }
  if (became(account, "properties.disableLocalAuth", false)) {
    warnings.push(
      "The account accepts keys. Without keys (`localAuth: false`), clients sign in with Microsoft Entra ID only.",
    );
  }
  return [...warnings, ...networkWarnings(account)];
}

function rotation(keys: Step | undefined): string[] {
  if (keys?.operation !== "update" || at(keys.old, "rotation") === at(keys.new, "rotation")) return [];
  return [
    `A key is rotated: the one that is not handed out now is regenerated, and clients that still use it are refused (401); ${KEYS} change.`,
  ];
}

function networkWarnings(account: Step): string[] {
  const publicAccess = "properties.publicNetworkAccess";
  const byDefault = "properties.networkAcls.defaultAction";
  if (became(account, publicAccess, "Enabled") && at(account.new, byDefault) !== "Deny")
    return ["The account can be reached from every network."];
  if (account.operation !== "update") return [];
  if (became(account, publicAccess, "Disabled"))
    return ["The account can no longer be reached from the internet: clients without a private endpoint are refused."];
  return became(account, byDefault, "Deny")
    ? ["The account refuses every network that no rule allows: clients elsewhere are refused."]
    : [];
}

/** Whether a property has this value now and had another one before. */
function became(step: Step, path: string, value: unknown): boolean {
  if (step.operation === "same" || step.operation === "delete") return false;
  return at(step.new, path) === value && (step.operation !== "update" || at(step.old, path) !== value);
}
