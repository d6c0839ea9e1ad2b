import type { StorageAccess } from "../azure-openai/azure";
import type { BlobAddress } from "../datasets/sources";

/**
 * Variable with the address of a storage emulator on this machine. A rehearsal reads every blob there, as `<address>/<account>/<container>/<blob>`;
 * outside of a rehearsal it is not looked at.
 */
export const EMULATOR = "FINETUNE_BLOB_ENDPOINT";

/** Where a blob's account is asked, or a sentence why no token goes there. */
export function endpointOf(
  { account, domain }: BlobAddress,
  address: string,
  access: Pick<StorageAccess, "domain" | "rehearsal">,
  environment: NodeJS.ProcessEnv = process.env,
): { url: string } | { problem: string } {
  // The second form is that of accounts in a DNS zone of their own.
  const ours = [`blob.${access.domain}`, "blob.storage.azure.net"];
  if (!ours.includes(domain)) {
    const problem = `${address} is not in a storage account in this Azure cloud, so no token was sent to it. Expected https://<account>.blob.${access.domain}/...`;
    return { problem };
  }
  if (!access.rehearsal) return { url: new URL(address).origin };
  const emulator = environment[EMULATOR];
  if (emulator === undefined || emulator === "") {
    const problem = `${address} can't be read in a rehearsal, which doesn't support Blob Storage and sends nothing to Azure. Start Azurite, and set ${EMULATOR} to its address (docs/blob-storage.md).`;
    return { problem };
  }
  if (!/^https:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/?$/.test(emulator))
    return { problem: `${EMULATOR} is "${emulator}"; expected an address such as https://127.0.0.1:10000.` };
  return { url: `${new URL(emulator).origin}/${account}` };
}
