import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import { FOUNDRY } from "../../catalog";
import { quoted } from "../../format/quoted";
import type { Context } from "./context";
import { saysAccountIsGone } from "./data-plane";
import type { UsedAccount } from "./foreign-deployments";

/**
 * Stops a destroy while the stack's Foundry account has projects that do not belong to the stack: Azure deletes no account that has any, and says so
 * only once everything else is gone. Said by what a destroy deletes first and what depends on the stack's own project: the chat probe, or the
 * register of versions where there is no deployment. Does nothing
 * while the program runs, and in an account that the stack doesn't own.
 *
 * @param own - name of the stack's own project. Default: it has none
 * @throws Error with their names and the commands that delete them
 */
export async function refuseForeignProjects(
  context: Context,
  { accountId, owner }: UsedAccount,
  own?: string,
): Promise<void> {
  if (!context.liveIds.destroying || owner !== undefined) return;
  const foreign = (await projectsOf(context, accountId)).filter((name) => name.toLowerCase() !== own?.toLowerCase());
  if (foreign.length === 0) return;
  const { accountName } = parseAccountId(accountId);
  throw new Error(
    [
      `The account ${accountName} still has projects that do not belong to this stack: ${foreign.join(", ")}. Nothing has been deleted. Delete them first, then run destroy again:`,
      ...foreign.map((name) => `  ${deletionCommand(accountId, name)}`),
    ].join("\n"),
  );
}

/** Accounts of kind OpenAI have none; without the permission Azure itself refuses to delete an account that has any. */
async function projectsOf(context: Context, accountId: string): Promise<string[]> {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  try {
    const accounts = (await context.azure()).accounts(subscriptionId);
    const { kind } = await accounts.get(resourceGroupName, accountName);
    return kind === FOUNDRY ? await accounts.projects(resourceGroupName, accountName) : [];
  } catch (error) {
    if (saysAccountIsGone(error) || (error instanceof AzureFailure && error.forbidden)) return [];
    throw error;
  }
}

/** `az cognitiveservices account project delete`. */
function deletionCommand(accountId: string, project: string): string {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  return `az cognitiveservices account project delete --subscription ${subscriptionId} -g ${quoted(resourceGroupName)} -n ${quoted(accountName)} --project-name ${quoted(project)}`;
}
