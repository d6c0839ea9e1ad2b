import { isDeepStrictEqual } from "node:util";
import { type ContentFilterRow, weakerThanBase } from "../../catalog";
import { CONTENT_FILTER_TYPE, PRIVATE_ENDPOINT_TYPE } from "../../dynamic-providers/runtime/resource-types";
import type { Pipeline } from "./pipeline";
import { at, type Properties, type Step } from "./steps";

const KEYS = "the AZURE_OPENAI_API_KEY and AZURE_OPENAI_API_KEY_2 outputs";

/** What clients of the account notice: who has access, with what, and whether the account exists at all. */
export function accountWarnings({ account, keys, all }: Pipeline): string[] {
  return [
    ...(account ? changesOf(account) : []),
    ...rotation(keys),
    ...all.filter(({ type }) => type === CONTENT_FILTER_TYPE).flatMap(filterWarnings),
    ...all.filter(({ type }) => type === PRIVATE_ENDPOINT_TYPE).flatMap(endpointWarnings),
  ];
}

function endpointWarnings({ operation }: Step): string[] {
  if (operation === "replace")
    return ["The private endpoint will be replaced: the account can't be reached through it until the new one exists."];
  return operation === "delete"
    ? ["The private endpoint will be deleted: clients in its network will lose access to the account."]
    : [];
}

/** What a content filter lets through from now on that Azure's own would not. */
function filterWarnings(filter: Step): string[] {
  if (filter.operation === "same" || filter.operation === "delete") return [];
  const weaker = (properties: Properties) =>
    weakerThanBase((at(properties, "properties.contentFilters") ?? []) as ContentFilterRow[]).map(({ how }) => how);
  const before = weaker(filter.old);
  return weaker(filter.new)
    .filter((how) => !before.includes(how))
    .map((how) => `The content filter will let more through than Azure's own: ${how}.`);
}

function changesOf(account: Step): string[] {
  if (account.operation === "delete") {
    return [
      "The account will be permanently deleted, with every file, job and model in it. Clients will lose their endpoint and keys.",
    ];
  }
  const warnings: string[] = [];
  if (account.operation === "replace") {
    warnings.push(
      "The account will be replaced: its endpoint and keys will change, and every file, job and model in it will be permanently deleted. Update clients with the new endpoint and keys from the stack outputs.",
    );
  }
  if (became(account, "properties.disableLocalAuth", true) && account.operation === "update") {
    warnings.push(
      `API keys will be disabled on the account. Clients that sign in with a key will be refused (403 AuthenticationTypeDisabled), and ${KEYS} will be removed. Clients will have to sign in with Microsoft Entra ID and will need a role.`,
    );
  }
  if (became(account, "properties.disableLocalAuth", false)) {
    warnings.push(
      "API keys are enabled on this account. To allow only Microsoft Entra ID sign-in, set `localAuth: false`.",
    );
  }
  return [...warnings, ...networkWarnings(account), ...encryptionWarnings(account)];
}

function rotation(keys: Step | undefined): string[] {
  if (keys?.operation !== "update" || at(keys.old, "rotation") === at(keys.new, "rotation")) return [];
  return [
    `A key will be rotated: the key in the AZURE_OPENAI_API_KEY_2 output will be regenerated, and the two outputs will be swapped. Clients that still use the regenerated key's old value will be refused (401).`,
  ];
}

/** That a key is taken away without a word is a guess; that Microsoft's keys have to be asked for is documented. */
function encryptionWarnings(account: Step): string[] {
  const source = "properties.encryption.keySource";
  const isKey = (properties: Properties) => at(properties, source) === "Microsoft.KeyVault";
  const key = "properties.encryption.keyVaultProperties";
  const changed = !isDeepStrictEqual(at(account.old, key), at(account.new, key));
  if (isKey(account.new) && (account.operation === "create" || account.operation === "replace" || changed)) {
    return [
      "The account is encrypted with a key of your own. If that key is disabled, deleted or expires, or the identity loses access to it, the account's files, jobs and models can't be accessed.",
    ];
  }
  return account.operation === "update" && isKey(account.old) && at(account.new, source) === undefined
    ? [
        "The `encryption` setting was removed, but the account may remain encrypted with your key: keep the key, or set `encryption.keySource: Microsoft.CognitiveServices`.",
      ]
    : [];
}

function networkWarnings(account: Step): string[] {
  const publicAccess = "properties.publicNetworkAccess";
  const byDefault = "properties.networkAcls.defaultAction";
  if (became(account, publicAccess, "Enabled") && at(account.new, byDefault) !== "Deny")
    return ["The account will be reachable from every network."];
  if (account.operation !== "update") return [];
  if (became(account, publicAccess, "Disabled")) {
    return [
      "The account will no longer be reachable from the internet. Clients without a private endpoint will be refused.",
    ];
  }
  return became(account, byDefault, "Deny")
    ? ["The account will accept only networks that a rule allows. Clients elsewhere will be refused."]
    : [];
}

/** Whether a property has this value now and had another one before. */
function became(step: Step, path: string, value: unknown): boolean {
  if (step.operation === "same" || step.operation === "delete") return false;
  return at(step.new, path) === value && (step.operation !== "update" || at(step.old, path) !== value);
}
