import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import { connect, isIPv6, type AddressInfo } from "node:net";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { App } from "../http/app";
import { Service } from "./app";
import { systemClock, type Clock } from "../world/clock";
import type { Leases } from "../admin/leases";
import { listenForLive, type LiveListener } from "../live/listener";
import type { PageSource } from "../live/page-source";
import { openCertificates, type Certificates } from "../storage/certificates";
import { openState, saveState } from "../storage/state-file";
import { defaultSettings, type Settings } from "../world/settings";
import type { World } from "../world/world";

export interface ServerOptions {
  /** File that holds the state; certificates and uploaded bytes are kept in the same folder. */
  stateFile: string;
  /** Address to listen on. Default 127.0.0.1: this machine alone. */
  host?: string;
  /**
   * Host names and IP addresses by which other machines reach it: its certificate is for them too, and the first is in the addresses that
   * it gives. Default: none, and the addresses name localhost.
   */
  names?: readonly string[];
  /** Port on that address. Default 0: any free one. */
  port?: number;
  settings?: Partial<Settings>;
  /** Default: the machine's clock plus what the rehearsal has skipped. */
  clock?: Clock & { advance(ms: number): void };
  /** false: the state is not flushed to the disk, which only a power cut makes a difference to. Default: true. */
  flush?: boolean;
  /** Private RSA key (PEM) that signs the tokens of a new state. Default: a new one. */
  tokenSecret?: string;
  /** Default: those of the state file's folder. */
  certificates?: Certificates;
  /** Counts who uses the service, for one that ends with its last client. */
  leases?: Leases;
  /** Makes the live page. Default: there is none. */
  page?: PageSource;
  /** Port of 127.0.0.1 on which the live page is served without a certificate; 0: any free one. Default: it is served by the service alone. */
  livePort?: number;
}

export interface RunningServer {
  app: Pick<App, "inject">;
  world: World;
  certificates: Certificates;
  port: number;
  /** Answers a request that another server has received; without an answer where this one is closed. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/**
 * Starts the service. The port is taken before anything is read or created, so that of two servers started
 * at once over one folder with one port only one ever touches the files.
 * @throws Error with code EADDRINUSE when another program has the port
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const folder = path.dirname(options.stateFile);
  const server = createServer();
  const port = await listen(server, options.host ?? "127.0.0.1", options.port ?? 0);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await claim(options.stateFile, port);
    const certificates = options.certificates ?? (await openCertificates(folder, Date.now(), options.names));
    const world = openWorld(options, folder, port, certificates.caFile);
    const { leases, page, names, livePort } = options;
    const service = await Service.over(world, { leases, page, names });
    service.serve(server);
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      void (server.listening ? server.emit("request", request, response) : request.socket.destroy());
    const listener = livePort === undefined ? undefined : await listenForLive(livePort, answer);
    if (listener) world.liveOrigin = listener.origin;
    // From here on connections succeed; those that came before failed their handshake and try again.
    server.setSecureContext({ key: certificates.key, cert: certificates.cert, minVersion: "TLSv1.2" });
    return { app: service, world, certificates, port, answer, close: () => close(service, server, listener) };
  } catch (error) {
    server.close();
    throw error;
  }
}

function openWorld(options: ServerOptions, folder: string, port: number, caFile: string): World {
  const { stateFile, settings, clock } = options;
  const state = openState(stateFile, options.tokenSecret, options.flush);
  const blobFolder = path.join(folder, "blobs");
  mkdirSync(blobFolder, { recursive: true, mode: 0o700 });
  const save = () => saveState(stateFile, state, options.flush);
  const origin = `https://${hostInUrl(options.names?.[0] ?? "localhost")}:${port}`;
  return {
    clock: clock ?? systemClock(() => state.clockOffsetMs),
    advance: (ms) => {
      if (clock) {
        clock.advance(ms);
      } else {
        state.clockOffsetMs += ms;
        save();
      }
    },
    settings: { ...defaultSettings, ...settings },
    caFile,
    origin,
    liveOrigin: origin,
    state,
    save,
    blobFolder,
    listsFile: path.join(folder, "lists.json"),
  };
}

/**
 * Notes which process serves the state file. Two servers with one port can't be; this is for two with different ports.
 * @throws Error naming the other server
 */
async function claim(stateFile: string, port: number): Promise<void> {
  const note = `${stateFile}.server`;
  if (existsSync(note)) {
    const other = Number(readFileSync(note, "utf8"));
    // A note left by a killed server names a port at which nothing answers any more, or is incomplete.
    const isPort = Number.isInteger(other) && other > 0 && other < 65_536;
    if (isPort && other !== port && (await isListening(other))) {
      throw new Error(
        `${stateFile} is in use by the service at https://localhost:${other}. Stop that service, or choose another file.`,
      );
    }
  }
  writeFileSync(note, String(port), { mode: 0o600 });
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** A held-open lease or a stalled client must not keep the process alive. */
async function close(service: Service, server: Server, listener: LiveListener | undefined): Promise<void> {
  listener?.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  service.close();
  await closed;
}

/** Whether only programs of this machine reach an address to listen on. */
export function isLoopback(host = "127.0.0.1"): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function hostInUrl(name: string): string {
  return isIPv6(name) ? `[${name}]` : name;
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}
