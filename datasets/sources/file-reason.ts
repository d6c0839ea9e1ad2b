import { insteadOfPattern } from "./dataset-path";

/** Why a file or folder can't be read, as a sentence. */
export function reasonOf({ code, message }: NodeJS.ErrnoException, path: string, what = "file"): string {
  if (code === "ENOENT")
    return `There is no ${what} '${path}' (relative to ${process.cwd()}). ${insteadOfPattern(path) ?? "Correct the path."}`;
  if (code === "EACCES" || code === "EPERM") return `'${path}' cannot be read by this user. Change its permissions.`;
  if (code === "EMFILE" || code === "ENFILE")
    return `'${path}' can't be read: too many files are open. Raise the limit (ulimit -n 4096).`;
  return `'${path}' can't be read: ${message}`;
}
