import { constants, openSync, closeSync, fstatSync, readSync } from "node:fs";
import { UserError } from "../../stack/command";
import type { Repository } from "./repository";

/** Limit of a text in bytes: GitHub's comments are shorter. The archive has the same limit, so what it unpacks to is checked as well. */
export const MAX_TEXT_BYTES = 65_536;

/**
 * Whether a run left an artifact that is small enough to download. Whoever changed the code of that run wrote it.
 *
 * @throws UserError when it is too large.
 */
export async function checkArtifact(
  { github, owner, repo }: Repository,
  runId: number,
  name: string,
): Promise<boolean> {
  const { data } = await github.rest.actions.listWorkflowRunArtifacts({ owner, repo, run_id: runId, name });
  const artifacts = data.artifacts.filter((entry) => entry.name === name && !entry.expired);
  for (const { size_in_bytes } of artifacts) refuseAbove(size_in_bytes, name);
  return artifacts.length > 0;
}

/**
 * The bytes of a file that was unpacked from somebody else's archive.
 *
 * @throws UserError when it is too large, or not a regular file: a symbolic link could name any file on this machine.
 */
export function untrustedFile(file: string): Uint8Array {
  let descriptor: number;
  try {
    // Windows has no such flag, and its runners are not used here.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw new UserError(
      `The summary can't be read (${(error as NodeJS.ErrnoException).code}): ${file}. No comment was written.`,
    );
  }
  try {
    if (!fstatSync(descriptor).isFile()) throw new UserError(`${file} is not a regular file. No comment was written.`);
    refuseAbove(fstatSync(descriptor).size, file);
    const bytes = new Uint8Array(MAX_TEXT_BYTES);
    return bytes.subarray(0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

function refuseAbove(bytes: number, what: string): void {
  if (bytes <= MAX_TEXT_BYTES) return;
  const [found, most] = [bytes, MAX_TEXT_BYTES].map((number) => number.toLocaleString("en-US"));
  throw new UserError(`${what} is ${found} bytes; expected at most ${most}. No comment was written.`);
}
