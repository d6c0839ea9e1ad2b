import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import { allows, type Granted } from "../../azure-openai/permissions";
import { quoted } from "../../format/quoted";
import type { Context } from "../runtime/context";
import { isUnknown } from "../runtime/unknown";
import type { ExistingAccountInputs } from "./schema";

/** Something that the stack does in the account, and the role that is enough for it (catalog/roles.json has their ids). */
interface Right {
  does: string;
  actions?: string[];
  dataActions?: string[];
  role: string;
}

const ACCOUNTS = "Microsoft.CognitiveServices/accounts";
/** Everything that training, deploying and asking takes. */
const OPENAI_CONTRIBUTOR = "Cognitive Services OpenAI Contributor";

export const READ: Right = { does: "read it, or deploy and train", role: OPENAI_CONTRIBUTOR };
/** Documented for a model of another account: OpenAI Contributor on both (Microsoft Learn, fine-tuning-deploy, 2026-10). */
export const PROMOTE: Right = { does: "read models for promotion", role: OPENAI_CONTRIBUTOR };
const ASSIGN: Right = {
  does: "assign roles (roles.manage: true)",
  actions: ["Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleAssignments/delete"],
  role: "Role Based Access Control Administrator",
};
const DEPLOY: Right = {
  does: "deploy models",
  actions: [`${ACCOUNTS}/deployments/write`, `${ACCOUNTS}/deployments/delete`],
  role: OPENAI_CONTRIBUTOR,
};
/** Names of data actions: those of Azure's refusals and of the roles' definitions. */
const TRAIN: Right = {
  does: "upload files and start fine-tuning jobs",
  dataActions: [`${ACCOUNTS}/OpenAI/files/write`, `${ACCOUNTS}/OpenAI/fine-tunes/write`],
  role: OPENAI_CONTRIBUTOR,
};
export const READ_KEYS: Right = {
  does: "read the keys (localAuth: true)",
  actions: [`${ACCOUNTS}/listKeys/action`],
  role: "Cognitive Services User",
};

/** No role that is about OpenAI alone has it (docs of the built-in roles: `Microsoft.CognitiveServices/*`). */
export const REGENERATE_KEYS: Right = {
  does: "regenerate keys (keys.rotation)",
  actions: [`${ACCOUNTS}/regenerateKey/action`],
  role: "Cognitive Services Contributor",
};

/** Everything that the stack needs in an account that is there without it. */
export function neededRights({
  rolesManaged,
  readsKeys,
}: Pick<ExistingAccountInputs, "rolesManaged" | "readsKeys">): Right[] {
  return [DEPLOY, rolesManaged ? ASSIGN : TRAIN, ...(readsKeys ? [READ_KEYS] : [])];
}

/** What the signed-in identity lacks of them in an account; undefined where nothing is known to be missing. */
export async function lackingRights(context: Context, accountId: string, needed: Right[]): Promise<string | undefined> {
  if (isUnknown(accountId)) return undefined;
  const { subscriptionId, accountName } = parseAccountId(accountId);
  const azure = await context.azure();
  try {
    const missing = missingRights(await azure.accounts(subscriptionId).permissions(accountId), needed);
    return missing.length > 0
      ? rightsSentence(missing, { accountName, accountId }, await azure.principalId())
      : undefined;
  } catch (error) {
    // Who may not ask learns it from the first request that is refused.
    if (error instanceof AzureFailure) return undefined;
    throw error;
  }
}

function missingRights(granted: Granted[], needed: Right[]): Right[] {
  return needed.filter(
    ({ actions = [], dataActions = [] }) =>
      !actions.every((action) => allows(granted, action, false)) ||
      !dataActions.every((action) => allows(granted, action, true)),
  );
}

/**
 * What is missing, and the command that assigns it.
 *
 * @param principalId - object id of the signed-in identity, where its token has one
 */
export function rightsSentence(
  missing: Right[],
  { accountName, accountId }: Pick<ExistingAccountInputs, "accountName" | "accountId">,
  principalId = "<object id>",
): string {
  const roles = [...new Set(missing.map(({ role }) => role))];
  const commands = roles.map(
    (role) =>
      `  az role assignment create --assignee ${principalId} --role ${quoted(role)} --scope ${quoted(accountId)}`,
  );
  return [
    `The signed-in identity cannot ${missing.map(({ does }) => does).join(", or ")} in the account ${accountName}: ` +
      `it needs the ${roles.join(" and ")} ${roles.length > 1 ? "roles" : "role"} on it. Ask someone who can assign roles there to run this (it takes effect within about 10 minutes):`,
    ...commands,
  ].join("\n");
}
