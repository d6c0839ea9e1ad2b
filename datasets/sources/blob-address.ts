/** A blob, or with a name that ends in `/` (or is empty) the blobs directly below it, as in a folder. */
export interface BlobAddress {
  /** Name of the storage account. */
  account: string;
  /** Host without the account: `blob.core.windows.net`, or that of another cloud. */
  domain: string;
  container: string;
  /** Name in the container, decoded; of a prefix with the slash at its end. */
  name: string;
  /** `versionid` of the address: the blob as it was then, which never changes. */
  version?: string;
}

/** Account names: 3 to 24 lower-case letters and digits (learn.microsoft.com/azure/storage/common/storage-account-overview); `z12.` is a DNS zone. */
const HOST = /^([a-z0-9]{3,24})(?:\.z\d{1,2})?\.(blob\.[a-z0-9.-]+)$/;
/** Container names: 3 to 63 of a-z, 0-9 and single dashes; `$web` and the like are Azure's own. */
const CONTAINER = /^(?:\$(?:web|root|logs)|[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9])$/;
/** Parameters of a shared access signature, which is a secret. */
const SIGNATURE = new Set(["sig", "sv", "se", "st", "sp", "sr", "spr", "sip", "si", "skoid", "sktid", "ske", "skt"]);

export const BLOB_FORM = "https://<account>.blob.core.windows.net/<container>/<path>[?versionid=...]";

/** Whether a dataset's path is an address: of a blob, or one that is refused in a sentence. */
export function isAddress(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(path);
}

/** Whether it names the blobs of a folder rather than one. */
export function isPrefix({ name }: Pick<BlobAddress, "name">): boolean {
  return name === "" || name.endsWith("/");
}

/**
 * Reads the address of a blob.
 *
 * @returns a sentence that says what is wrong with it. It never repeats more of the address than scheme, host and path: the rest may be a secret.
 */
export function parseBlobAddress(address: string): BlobAddress | string {
  if (!URL.canParse(address)) return `${withoutSecrets(address)} is not an address; expected ${BLOB_FORM}.`;
  const url = new URL(address);
  const shown = withoutSecrets(address);
  const secret = secretIn(url);
  if (secret !== undefined)
    return `${shown} contains ${secret}, which would be kept in the settings and in the stack's state. ${WAY_OUT}`;
  if (url.protocol !== "https:") return `${shown} is not supported; expected ${BLOB_FORM}.`;
  const dataLake = /^([a-z0-9]+)\.dfs\.(.+)$/.exec(url.hostname);
  if (dataLake)
    return `${shown} is the Data Lake address of the account; expected its blob address, https://${dataLake[1]}.blob.${dataLake[2]}/<container>/<path>.`;
  const [, account, domain] = HOST.exec(url.hostname) ?? [];
  if (account === undefined || domain === undefined || url.port !== "")
    return `${shown} is not a Blob Storage address; expected ${BLOB_FORM}.`;
  const [, container = "", ...rest] = url.pathname.split("/");
  if (!CONTAINER.test(container)) return `${shown} has no container; expected ${BLOB_FORM}.`;
  if (rest.length === 0)
    return `${shown} has a container but no blob; expected the path of a blob, or a slash at the end for all its JSONL files.`;
  const name = decoded(rest.join("/"));
  if (name === undefined)
    return `${shown} has a % that doesn't begin an encoded character; expected %25 for a percent sign.`;
  return withQuery({ account, domain, container, name }, url, shown);
}

const WAY_OUT =
  "Remove it. The blob is read with the signed-in identity, which needs the Storage Blob Data Reader role. If the URL was shared, revoke the key or SAS token.";

function withQuery(blob: BlobAddress, url: URL, shown: string): BlobAddress | string {
  const names = [...url.searchParams.keys()];
  const foreign = names.find((name) => name !== "versionid");
  if (foreign !== undefined || url.hash !== "" || names.length > 1)
    return `${shown} has more than versionid after the path; expected ${BLOB_FORM}. Write # as %23 and ? as %3F in a blob's name.`;
  const version = url.searchParams.get("versionid");
  if (version === null) return blob;
  if (isPrefix(blob))
    return `${shown} is a prefix, which has no version; expected the address of one blob before ?versionid=.`;
  // As the service writes them: 2026-11-01T10:00:00.1234567Z
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/.test(version))
    return `${shown}: versionid is not a version; expected a version such as 2026-11-01T10:00:00.1234567Z.`;
  return { ...blob, version };
}

/** What of an address is a secret; the name of it, never the value. */
function secretIn(url: URL): string | undefined {
  if (url.username !== "" || url.password !== "") return "a user name or password";
  const names = [...url.searchParams.keys()].map((name) => name.toLowerCase());
  if (names.some((name) => SIGNATURE.has(name))) return "a shared access signature (SAS)";
  if (/AccountKey|SharedAccessSignature/i.test(url.href)) return "an account key";
  return undefined;
}

/** Scheme, host and path of an address. */
function withoutSecrets(address: string): string {
  if (/AccountKey|SharedAccessSignature/i.test(address)) return "The address";
  if (!URL.canParse(address)) return `"${address.replace(/[?#@].*$/s, "...")}"`;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

/** The address of a blob, as a setting has it. */
export function blobUrl({ account, domain, container, name, version }: BlobAddress): string {
  const path = name.split("/").map(encodeURIComponent).join("/");
  return `https://${account}.${domain}/${container}/${path}${version === undefined ? "" : `?versionid=${version}`}`;
}
