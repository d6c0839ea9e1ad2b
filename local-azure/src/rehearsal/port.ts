import { randomInt, randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

/** Below the ports that systems give to outgoing connections (32768 and up on Linux): a kept port should stay free. */
const [LOWEST, HIGHEST] = [20_000, 30_000];

/** Exit code that tells a starter that the port is taken: a quicker starter, or another program. */
export const PORT_TAKEN = 98;

/** Which of a folder's ports: the service's own, or that of its live page. */
export type PortUse = "port" | "live-port";

export function portFile(folder: string, use: PortUse = "port"): string {
  return path.join(folder, use);
}

/** The port that a folder keeps; undefined before its first use. */
export function keptPort(folder: string, use: PortUse = "port"): number | undefined {
  const file = portFile(folder, use);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8").trim();
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${file} should contain a port number but contains "${text}". Delete it to choose a new port.`);
  return port;
}

/** The kept port, chosen now if there is none. Of several that choose at once, the first to write decides for all. */
export async function keepPort(folder: string, use: PortUse = "port"): Promise<number> {
  const kept = keptPort(folder, use);
  if (kept !== undefined) return kept;
  const port = await freePort();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    createWhole(portFile(folder, use), `${port}\n`);
    return port;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return keepPort(folder, use);
  }
}

/**
 * Makes a file with its content in one step: a reader at the same moment sees either nothing or everything. (With the flag `wx` alone a
 * reader may find it empty.)
 * @throws Error with code EEXIST when it is there already
 */
function createWhole(file: string, content: string): void {
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, content);
  try {
    linkSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** The message for a port that is taken. */
export function portTaken(port: number, way: string, host = "127.0.0.1"): string {
  return `Port ${port} on ${host} is taken by another program, so the rehearsal service cannot start. Stop that program, or ${way}.`;
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(false));
      probe.listen({ host: "127.0.0.1", port, exclusive: true }, () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
