import { deploymentKey } from "../dynamic-providers/runtime/deployments-in-state";
import { DEPLOYMENT_TYPE } from "../dynamic-providers/runtime/resource-types";
import type { StackExport } from "./stack-state";

/**
 * The deployments of a stack's own account, by account and name: those that serve, those that were replaced and wait for their deletion, and those whose
 * creation was interrupted.
 */
export function deploymentsInState({ deployment }: StackExport): string[] {
  const { resources = [], pending_operations: pending = [] } = deployment;
  return [...resources, ...pending.map(({ resource }) => resource)]
    .filter(({ type }) => type === DEPLOYMENT_TYPE)
    .flatMap(({ inputs: { accountName, deploymentName } = {} }) =>
      typeof accountName === "string" && typeof deploymentName === "string"
        ? [deploymentKey(accountName, deploymentName)]
        : [],
    );
}
