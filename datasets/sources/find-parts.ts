import { isAddress, parseBlobAddress } from "./blob-address";
import { namesIn } from "./dataset-path";
import { localParts } from "./local-parts";
import type { Part, PartRecord, RemoteStore } from "./part";

/** Files of one dataset; more is a mistake, such as a prefix too short. */
const MOST_PARTS = 1_000;

/** The files that a dataset's path names, in the order in which they are one dataset. A sentence where one can't be read. */
export async function findParts(path: string, remote: RemoteStore | undefined): Promise<Part[] | string> {
  const parts: Part[] = [];
  for (const name of namesIn(path)) {
    const found = isAddress(name) ? await remoteParts(name, remote) : await localParts(name);
    if (typeof found === "string") return found;
    parts.push(...found);
  }
  if (parts.length > MOST_PARTS)
    return `${path} names ${parts.length.toLocaleString("en-US")} files; expected at most ${MOST_PARTS.toLocaleString("en-US")}.`;
  return parts;
}

function remoteParts(address: string, remote: RemoteStore | undefined): Promise<Part[] | string> {
  const parsed = parseBlobAddress(address);
  if (typeof parsed === "string") return Promise.resolve(parsed);
  if (!remote) {
    return Promise.resolve(
      `${address} is in Blob Storage, which this command doesn't read. Download the file and specify its local path.`,
    );
  }
  return remote.find(address);
}

/** The parts that an earlier check found, as they were then: what is uploaded is what was checked, whatever was added since. */
export async function partsAgain(records: readonly PartRecord[], remote: RemoteStore): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { path, bytes, etag } of records) {
    if (etag !== undefined) {
      parts.push(remote.found(path, etag, bytes));
      continue;
    }
    const found = await localParts(path);
    if (typeof found === "string") throw new Error(found);
    parts.push(...found);
  }
  return parts;
}

/** What is wrong with the addresses of a dataset's path, as a sentence that holds no secret of them; undefined where nothing is. */
export function addressProblem(path: string): string | undefined {
  const found = namesIn(path).filter(isAddress).map(parseBlobAddress);
  return found.find((one) => typeof one === "string");
}
