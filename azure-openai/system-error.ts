/** What the system refuses, whatever the program does, and what its user can do about it. `path` is in the sentence before it. */
const refusals: Record<string, (subject: string) => string> = {
  ENOSPC: (subject) =>
    `The disk is full, so ${subject} could not be written. Free some space, then run the same command again.`,
  EDQUOT: (subject) =>
    `Your disk quota is used up, so ${subject} could not be written. Free some space, then run the same command again.`,
  EACCES: (subject) =>
    `The current user doesn't have permission to access ${subject}. Change the permissions or owner of ${subject}, then run the same command again.`,
  EPERM: (subject) =>
    `The current user doesn't have permission to access ${subject}. Change the permissions or owner of ${subject}, then run the same command again.`,
  EROFS: (subject) => `${capitalized(subject)} is on a read-only file system. Use a writable folder.`,
  EMFILE: () =>
    "This process has too many files open. Raise the limit (`ulimit -n 4096`), then run the same command again.",
  ENFILE: () => "Too many files are open on this machine. Close other programs, then run the same command again.",
  EIO: (subject) =>
    `The disk reported an error when accessing ${subject}. Check the disk, then run the same command again.`,
};

/**
 * A full disk, a missing permission or a limit as a sentence; Node's own words are for programmers (`ENOSPC: no space left on device, write`).
 *
 * @param subject - what was to be read or written, where the error names no path
 * @returns undefined for every other error
 */
export function systemError(error: unknown, subject?: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = "", path } = error as NodeJS.ErrnoException;
  return Object.hasOwn(refusals, code) ? refusals[code]!(path ?? subject ?? "a file") : undefined;
}

function capitalized(text: string): string {
  return text === "a file" ? "A file" : text;
}
