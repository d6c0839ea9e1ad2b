import type { DataPlane } from "../azure-openai/data-plane";
import { isNotFound } from "../azure-openai/failure";
import type { Context } from "./context";

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
  say: (line: string) => void,
): Promise<DataPlane> {
  const azure = await context.azure();
  return azure.dataPlane(accountId, rolesManaged ? { roleWait: { tell: say } } : {});
}

/** The data plane for read and delete; `undefined` when Resource Manager says that the account is gone, and with it all it held. */
export async function dataPlaneIfAny(context: Context, accountId: string): Promise<DataPlane | undefined> {
  const azure = await context.azure();
  try {
    return await azure.dataPlane(accountId);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
