import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Starts a program and forgets about it. */
export type Start = (command: string, args: string[]) => void;

/** A browser has read the file long before. */
const KEPT_MS = 60_000;

/**
 * Opens the address in the person's browser, if there is one; the address is printed anyway. Every user of the machine can read the
 * arguments of a process, and the address holds the run's token: the browser gets a file that leads there, which its owner alone can read.
 *
 * @returns deletes the file; it goes after a minute in any case
 */
export function openBrowser(address: string, start: Start = startDetached, platform = process.platform): () => void {
  // mkdtemp makes the folder for its owner alone.
  const folder = mkdtempSync(path.join(tmpdir(), "playground-"));
  const file = path.join(folder, "open.html");
  writeFileSync(file, redirectPage(address), { mode: 0o600 });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  setTimeout(remove, KEPT_MS).unref();
  start(...opener(file, platform));
  return remove;
}

const startDetached: Start = (command, args) => {
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
};

function opener(file: string, platform: NodeJS.Platform): [string, string[]] {
  if (platform === "darwin") return ["open", [file]];
  if (platform === "win32") return ["rundll32", ["url.dll,FileProtocolHandler", file]];
  return ["xdg-open", [file]];
}

/** @param address - of our own making: an origin on loopback and a base64url token, without a character that HTML would escape */
function redirectPage(address: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${address}">
<title>Playground</title>
<p><a href="${address}">Open the playground</a></p>
</html>
`;
}
