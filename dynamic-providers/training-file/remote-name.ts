import { basename, extname } from "node:path";

/** Longest part of the file's own name that is kept; the service allows far more, people read it in lists. */
const STEM_LENGTH = 40;
const HASH_LENGTH = 12;

/**
 * Name of the file on the account: `<stem>-<12 hex of its sha256>.jsonl`. The same bytes get the same name, by which an earlier upload
 * is found again.
 */
export function remoteName(path: string, sha256: string): string {
  const stem = basename(path, extname(path))
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, STEM_LENGTH);
  return `${stem || "dataset"}-${sha256.slice(0, HASH_LENGTH)}.jsonl`;
}
