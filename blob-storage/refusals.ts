import type { StorageAccess } from "../azure-openai/azure";
import { AzureFailure } from "../azure-openai/failure";
import { type BlobAddress, insteadOfPattern } from "../datasets/sources";

/** A refusal of Blob Storage, by the status and the code that it came with. */
export interface Refusal {
  status: number;
  code: string;
}

/** Built-in role that reads blobs and their versions (learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage). */
const READER = "Storage Blob Data Reader";

/** The service's answer to a request that did not succeed; undefined where something else went wrong, or something else answered. */
export function refusalOf(error: unknown): Refusal | undefined {
  const { name, statusCode, response } = error as {
    name?: unknown;
    statusCode?: unknown;
    response?: { headers?: { get(name: string): string | undefined } };
  };
  if (name !== "RestError" || typeof statusCode !== "number") return undefined;
  // Every refusal has it, and the answer to a HEAD has nothing else (learn.microsoft.com/rest/api/storageservices/status-and-error-codes2).
  const code = response?.headers?.get("x-ms-error-code");
  return code === undefined ? undefined : { status: statusCode, code };
}

/** What a refusal means and what to do, as a sentence; undefined for those that only say that it did not work. */
export async function sentenceFor(
  { status, code }: Refusal,
  blob: BlobAddress,
  address: string,
  access: Pick<StorageAccess, "principalId">,
): Promise<string | undefined> {
  const { account, container, version } = blob;
  switch (code) {
    case "ContainerNotFound":
    case "ContainerBeingDeleted":
      return `${address} does not exist: the storage account ${account} has no container '${container}'. Correct the address.`;
    case "BlobNotFound":
      return version === undefined
        ? `${address} doesn't exist: the container '${container}' has no such blob. ${insteadOfPattern(address) ?? "Correct the URL; names are case-sensitive."}`
        : `${address} does not exist: the blob has no version ${version}, or it was deleted. List the versions: az storage blob list --account-name ${account} --container-name '${container}' --include v --auth-mode login`;
    case "InvalidQueryParameterValue":
      if (version !== undefined)
        return `${address} does not exist: ${version} is not a version of the blob. Versions exist only if versioning is enabled on the account.`;
      return undefined;
    case "AuthorizationPermissionMismatch":
    case "InsufficientAccountPermissions":
      return roleSentence(blob, address, await access.principalId().catch(() => undefined));
    case "AuthorizationFailure":
      return `${address} can't be read from here: the network rules of the storage account ${account} block this machine. Run this on a machine in an allowed network or with access to the account's private endpoint, or allow this machine's address: az storage account network-rule add --account-name ${account} --ip-address <address>`;
    case "AccountIsDisabled":
      return `${address} can't be read: the storage account ${account} is disabled.`;
    case "BlobArchived":
      return `${address} is in the archive tier and can't be read from there. Move it to the hot tier: az storage blob set-tier --account-name ${account} --container-name '${container}' --name '${blob.name}' --tier Hot --auth-mode login`;
    case "InvalidAuthenticationInfo":
    case "NoAuthenticationInformation":
    case "AuthenticationFailed":
      return `${address} can't be read: the storage account ${account} does not accept the identity's token (${code}). Check the tenant: az login --tenant <tenant of the account>`;
    default:
      return status >= 400 && status < 500 && status !== 429 && status !== 408
        ? `${address} can't be read: the storage account ${account} refused the request (${status} ${code}).`
        : undefined;
  }
}

function roleSentence({ account, container }: BlobAddress, address: string, principal: string | undefined): string {
  const scope = `"$(az storage account show --name ${account} --query id --output tsv)/blobServices/default/containers/${container}"`;
  const who = principal ?? "<object id of the identity>";
  return `${address} can't be read: the signed-in identity lacks the ${READER} role on it. Ask an owner to run: az role assignment create --role "${READER}" --assignee ${who} --scope ${scope}`;
}

/** Why the account can't be reached, where the connection failed; the failure as it is otherwise. */
export function unreachable(failure: AzureFailure, { account }: BlobAddress, address: string): AzureFailure {
  const missing = `there is no storage account '${account}', or its name can be resolved only in its private network`;
  const advice: Record<string, string> = {
    ENOTFOUND: `${missing}. Correct the URL, or run this on a machine that uses that network's DNS.`,
    UND_ERR_CONNECT_TIMEOUT:
      "no response in time. If the account has a private endpoint, run this on a machine in its network.",
    ETIMEDOUT: "no response in time. If the account has a private endpoint, run this on a machine in its network.",
    EHOSTUNREACH:
      "the host can't be reached. If the account has a private endpoint, run this on a machine in its network.",
  };
  const reason = failure.status === undefined ? advice[failure.code ?? ""] : undefined;
  if (reason === undefined) return failure;
  return new AzureFailure(`${address} can't be read: ${reason}`, { code: failure.code, neverSent: true });
}
