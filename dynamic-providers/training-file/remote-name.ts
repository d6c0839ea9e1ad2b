import { createHash } from "node:crypto";
import path from "node:path";
import { isAddress, namesIn } from "../../datasets/sources";

/** Longest part of the file's own name that is kept; the service allows far more, people read it in lists. */
const STEM_LENGTH = 40;
const HASH_LENGTH = 12;

/**
 * Name of the file on the account: `<stem>-<12 hex of its sha256>.jsonl`. The same bytes get the same name, by which an earlier upload
 * is found again. In an account that others use too, the hash is of the owner as well: two stacks with the same rows have a file each, and the
 * destroy of one leaves the other's.
 *
 * @param owner - `project/stack`; absent in the stack's own account
 */
export function remoteName(file: string, sha256: string, owner?: string): string {
  const stem = stemOf(file)
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, STEM_LENGTH);
  const hash = owner === undefined ? sha256 : createHash("sha256").update(`${sha256}\n${owner}`).digest("hex");
  return `${stem || "dataset"}-${hash.slice(0, HASH_LENGTH)}.jsonl`;
}

/** Name of the file without its ending; of a folder its name, and of several files the first one's. */
function stemOf(dataset: string): string {
  const [name = ""] = namesIn(dataset);
  const file = isAddress(name) && URL.canParse(name) ? decodeURIComponent(new URL(name).pathname) : name;
  return path.basename(file, path.extname(file));
}
