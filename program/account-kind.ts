import * as cognitiveservices from "@pulumi/azure-native/cognitiveservices";
import * as pulumi from "@pulumi/pulumi";
import { projectEndpoint } from "../azure-openai/account-endpoint";
import { type AccountKind, FOUNDRY } from "../catalog";
import { reasonOf } from "./explain-failure";
import { note } from "./note";

/** The account as Resource Manager shows it, as far as its kind is concerned. */
export type LiveAccount = Pick<cognitiveservices.GetAccountResult, "kind" | "identity" | "tags" | "sku" | "properties">;

/**
 * The account as it is now; `undefined` where it does not exist.
 *
 * @throws pulumi.RunError when that can't be read: a run that does not know could send another kind
 */
export async function liveAccount(resourceGroupName: string, accountName: string): Promise<LiveAccount | undefined> {
  try {
    return await cognitiveservices.getAccount({ resourceGroupName, accountName });
  } catch (error) {
    const reason = reasonOf(error);
    // azure-native puts Azure's code into the message. Only these say that the account is not there.
    if (/\b(ResourceNotFound|ResourceGroupNotFound|NotFound)\b/.test(reason)) return undefined;
    throw new pulumi.RunError(`Account ${accountName} can't be read: ${reason}`);
  }
}

/**
 * The kind that the stack's account has after this run: that of the setting, else what is there, else OpenAI. A Foundry account stays one:
 * Microsoft upgrades accounts automatically, and takes one back only while it has no projects, connections and models of other publishers.
 */
export function kindAfter(live: LiveAccount | undefined, asked: AccountKind | undefined): AccountKind {
  return live?.kind === FOUNDRY || asked === FOUNDRY ? FOUNDRY : "OpenAI";
}

/** One line per run, where the kind changes or isn't that of the settings: what this run does about it, and what stays. */
export async function noteKind(
  accountName: string,
  live: LiveAccount | undefined,
  asked: AccountKind | undefined,
): Promise<void> {
  if (live === undefined) return;
  if (live.kind !== FOUNDRY) {
    if (asked !== FOUNDRY) return;
    const zones = live.properties.privateEndpointConnections?.length
      ? " Its private endpoint needs the DNS zones privatelink.cognitiveservices.azure.com and privatelink.services.ai.azure.com, too."
      : "";
    return note(
      `account.kind is ${FOUNDRY}: account ${accountName} will be upgraded in place from kind OpenAI to ${FOUNDRY} (Microsoft Foundry), with a managed identity and project management. Name, keys, roles, deployments, files, jobs and address stay the same, and nothing is trained.${zones} The stack can't undo the upgrade.`,
    );
  }
  if (asked === "OpenAI") {
    return note(
      `account.kind is OpenAI, but account ${accountName} is of kind ${FOUNDRY} (Microsoft Foundry): Azure upgrades accounts automatically, and the stack does not undo an upgrade. It leaves the account as it is. Set account.kind to ${FOUNDRY}, or remove it.`,
    );
  }
  if (asked === undefined) {
    return note(
      `Account ${accountName} is of kind ${FOUNDRY} (Microsoft Foundry), to which Azure upgrades accounts of kind OpenAI automatically. The stack leaves the account as it is; its name, keys, deployments, files and jobs have not changed.`,
    );
  }
}

/** @throws pulumi.RunError when the settings ask for what a Foundry account does not have */
export function refuseUnsupported(accountName: string, integrations: { type: string }[] = []): void {
  if (!integrations.some(({ type }) => type === "wandb")) return;
  throw new pulumi.RunError(
    `integrations contains Weights & Biases (wandb), which Azure does not offer on Foundry accounts such as ${accountName} (kind ${FOUNDRY}). Remove it from \`integrations\`; finished and running jobs are not affected.`,
  );
}

/** @throws pulumi.RunError for a project in an account that has none */
export function refuseProject(accountName: string, kind: string, project: string | undefined): void {
  if (project === undefined || kind === FOUNDRY) return;
  throw new pulumi.RunError(
    `account.project is "${project}", but account ${accountName} is of kind ${kind}, and only Foundry accounts have projects. Set account.kind to ${FOUNDRY}, or remove account.project.`,
  );
}

/**
 * Address of a project that is there without the stack.
 *
 * @throws pulumi.RunError where it is not there, or can't be read
 */
export async function existingProject(
  resourceGroupName: string,
  accountName: string,
  projectName: string,
): Promise<string> {
  try {
    return projectEndpoint(
      await cognitiveservices
        .getProject({ resourceGroupName, accountName, projectName })
        .then(({ properties }) => properties),
    );
  } catch (error) {
    const reason = reasonOf(error);
    throw new pulumi.RunError(
      /\b(ResourceNotFound|NotFound)\b/.test(reason)
        ? `account.project is "${projectName}", but the existing account ${accountName} has no such project, and the stack doesn't create projects in an existing account. Correct account.project, or remove it.`
        : `The project ${projectName} of account ${accountName} can't be read: ${reason}`,
    );
  }
}

/**
 * Stops an upgrade that Azure refuses (https://learn.microsoft.com/azure/foundry/how-to/upgrade-azure-openai, 2026-01): accounts with a
 * customer-managed key are upgraded on request alone.
 *
 * @throws pulumi.RunError with what to do instead
 */
export function refuseUpgrade(accountName: string, live: LiveAccount | undefined): void {
  const keySource = live?.properties.encryption?.keySource;
  if (live === undefined || live.kind === FOUNDRY || keySource?.toLowerCase() !== "microsoft.keyvault") return;
  throw new pulumi.RunError(
    `account.kind is ${FOUNDRY}, but account ${accountName} is encrypted with a customer-managed key, and Azure upgrades such accounts only on request. Remove account.kind, and ask Azure for the upgrade; the stack then keeps the new kind.`,
  );
}
