import type { DataPlane } from "../../azure-openai/data-plane";
import { AzureFailure } from "../../azure-openai/failure";
import type { Context } from "./context";
import type { Say } from "./say";

/** What says how an account is called while something is created or updated. */
export interface WriteAccess {
  accountId: string;
  /** Whether this stack makes the role assignments, so that a missing role may only need time. Default true. */
  rolesManaged?: boolean;
}

/** The data plane for create and update: waits for this stack's own role assignments to take effect. */
export async function dataPlaneForWriting(
  context: Context,
  { accountId, rolesManaged = true }: WriteAccess,
  say: Say,
): Promise<DataPlane> {
  const azure = await context.azure();
  return azure.dataPlane(accountId, rolesManaged ? { roleWait: { tell: (line) => say.status(line) } } : {});
}

/** The data plane for read and delete; `undefined` when Resource Manager says that the account is gone, and with it all it held. */
export async function dataPlaneIfAny(context: Context, accountId: string): Promise<DataPlane | undefined> {
  const azure = await context.azure();
  try {
    return await azure.dataPlane(accountId);
  } catch (error) {
    if (saysAccountIsGone(error)) return undefined;
    throw error;
  }
}

/**
 * Whether Resource Manager says that the account, or its resource group, is not there. That the subscription isn't there says who is
 * signed in, and nothing about the account: taken for gone, everything would be created and paid for again.
 */
export function saysAccountIsGone(error: unknown): boolean {
  return error instanceof AzureFailure && error.notFound && error.code !== "SubscriptionNotFound";
}
