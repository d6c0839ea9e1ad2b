import { parseAccountId } from "../../azure-openai/account-reference";

/**
 * Variable by which `npm run destroy` names the deployments that the stack's state has, `<account>/<deployment>` each, in lower case, as JSON:
 * no resource can read the state of another one. A plain `pulumi destroy` has none.
 */
export const DEPLOYMENTS_IN_STATE = "FINETUNE_DEPLOYMENTS_IN_STATE";

/** How a deployment stands in the variable. */
export function deploymentKey(accountName: string, deploymentName: string): string {
  return `${accountName}/${deploymentName}`.toLowerCase();
}

/** Whether the stack's state has a deployment, as far as the variable says. */
export function isInState(accountId: string, deploymentName: string, env: NodeJS.ProcessEnv = process.env): boolean {
  const names = JSON.parse(env[DEPLOYMENTS_IN_STATE] ?? "[]") as string[];
  return names.includes(deploymentKey(parseAccountId(accountId).accountName, deploymentName));
}
