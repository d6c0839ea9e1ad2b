import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Settings } from "../world/settings";
import { LeaseRefused, takeLease, type Lease } from "./lease-client";
import { readState } from "../storage/state-file";
import { keptPort, PORT_TAKEN, portFile, portTaken } from "./port";

export type { RehearsalInfo } from "../admin/rehearsal-info";

export interface ConnectOptions {
  /** Folder of the rehearsal: state, certificates, uploaded files, port. Created at first use. */
  folder: string;
  /** How long things take, for a server that this call starts; a running one keeps its own. */
  settings?: Partial<Settings>;
  /** What node needs to run TypeScript, for a server that this call starts. Default: tsx. */
  loader?: string;
  /** Path of a module whose export `livePage` makes the live page, for a server that this call starts. Default: it has none. */
  livePage?: string;
  /** Seconds to wait for the service. Default 30. */
  timeoutSeconds?: number;
}

/** How long a port that answers strangely may belong to a server of ours that is just starting. */
const STARTING_MS = 5_000;

/**
 * Joins the service that runs over this folder, or starts it. It runs as a process of its own and ends with its last
 * client: when `release` is called, or when this process ends, however it does.
 * @throws Error in one sentence when another program has the folder's port, or the service can't start
 */
export async function connect(options: ConnectOptions): Promise<Lease> {
  const folder = path.resolve(options.folder);
  const deadline = Date.now() + (options.timeoutSeconds ?? 30) * 1000;
  let child: Child | undefined;
  let takenSince: number | undefined;
  for (;;) {
    const outcome = await tryLease(folder);
    if (outcome instanceof Object && "info" in outcome) return outcome;
    if (outcome === "nobody") takenSince = undefined;
    else takenSince ??= Date.now();
    const failed = child?.exitCode();
    if (failed !== undefined && failed !== null && failed !== 0 && failed !== PORT_TAKEN)
      throw new Error(`The rehearsal service could not start: ${child?.complaint() ?? ""}`);
    const foreign = outcome === "foreign" || (takenSince !== undefined && Date.now() - takenSince > STARTING_MS);
    if (foreign)
      throw new Error(portTaken(keptPort(folder) ?? 0, `choose another port by deleting ${portFile(folder)}`));
    if (Date.now() > deadline) {
      throw new Error(
        `The rehearsal service in ${folder} did not respond in time. See its log: ${path.join(folder, "server.log")}`,
      );
    }
    // The process that loses the race for the port exits; its starter finds the winner in the next round.
    if (outcome === "nobody" && (child === undefined || child.exitCode() !== null)) child = startChild(folder, options);
    await sleep(50);
  }
}

/** A lease, or why there is none: nothing listens; something does but not (yet) as our service; certainly another program. */
async function tryLease(folder: string): Promise<Lease | "nobody" | "unclear" | "foreign"> {
  const port = keptPort(folder);
  const [stateFile, caFile] = [path.join(folder, "state.json"), path.join(folder, "ca.pem")];
  if (port === undefined) return "nobody";
  // On the very first start these appear after the port has been taken; until then any answer is unclear.
  const known = existsSync(stateFile) && existsSync(caFile);
  const adminToken = known ? readState(stateFile).adminToken : "";
  const ca = known ? readFileSync(caFile, "utf8") : undefined;
  try {
    return await takeLease(port, ca, adminToken);
  } catch (error) {
    if (!(error instanceof LeaseRefused)) throw error;
    if (error.reason === "refused") return "nobody";
    return known && error.reason === "foreign" ? "foreign" : "unclear";
  }
}

interface Child {
  exitCode(): number | null;
  /** Last line of its log. */
  complaint(): string;
}

/** In a session of its own: a Ctrl-C in the terminal is for the client, which then releases its lease. */
function startChild(folder: string, { settings = {}, loader, livePage }: ConnectOptions): Child {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const logFile = path.join(folder, "server.log");
  const log = openSync(logFile, "a", 0o600);
  const { NODE_OPTIONS: _, ...env } = process.env;
  const run = ["-r", loader ?? require.resolve("tsx/cjs"), path.join(__dirname, "serve.ts")];
  const args = [...run, folder, JSON.stringify(settings), ...(livePage === undefined ? [] : [livePage])];
  // Without `windowsHide` Windows opens a console window for it.
  const child = spawn(process.execPath, args, {
    detached: true,
    windowsHide: true,
    stdio: ["ignore", "ignore", log],
    env,
  });
  closeSync(log);
  child.unref();
  return {
    exitCode: () => child.exitCode,
    complaint: () => readFileSync(logFile, "utf8").trim().split("\n").at(-1) ?? "",
  };
}
