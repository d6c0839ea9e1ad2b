/** What no shell reads as anything but itself; `~` and `-` only where they don't begin the argument. */
const PLAIN = /^[\w@%+=:,./][\w@%+=:,./~-]*$/;

/**
 * A path or name as one argument of a command that a person copies, for a POSIX shell and for PowerShell: both take everything between single
 * quotes as it is. A quote in it is the one thing that the two write differently; then it is written for the shell of this system.
 */
export function quoted(argument: string, platform: NodeJS.Platform = process.platform): string {
  if (PLAIN.test(argument)) return argument;
  return `'${argument.replaceAll("'", platform === "win32" ? "''" : "'\\''")}'`;
}
