import { openAiEndpoint } from "../azure-openai/account-endpoint";
import { EXISTING_ACCOUNT_TYPE, isAccount } from "../dynamic-providers/runtime/resource-types";
import type { StackExport } from "./stack-state";

/** The account that a stack uses, as its state has it. */
export interface StackAccount {
  /** ARM ID. */
  id: string;
  name: string;
  resourceGroupName: string;
  location: string;
  /** Address of its data plane; empty while unknown. */
  endpoint: string;
  /** Whether it refuses keys. */
  keyless: boolean;
  /** Whether it is there without the stack. */
  existing: boolean;
}

interface AccountProperties {
  name?: string;
  accountName?: string;
  resourceGroupName?: string;
  location?: string;
  properties?: { disableLocalAuth?: boolean; endpoint?: string; endpoints?: Record<string, string> };
}

/** @returns undefined while the stack has no account */
export function stackAccount(state: StackExport): StackAccount | undefined {
  const account = (state.deployment.resources ?? []).find((one) => isAccount(one.type) && !one.delete);
  if (!account) return undefined;
  const { outputs = {}, inputs = {}, type } = account;
  const { name, location, properties } = outputs as AccountProperties;
  const given = inputs as AccountProperties;
  return {
    id: account.id ?? "",
    name: name ?? given.accountName ?? "",
    resourceGroupName: given.resourceGroupName ?? "",
    location: location ?? given.location ?? "",
    endpoint: openAiEndpoint(properties) ?? "",
    keyless: properties?.disableLocalAuth === true,
    existing: type === EXISTING_ACCOUNT_TYPE,
  };
}
