import { connect } from "node:net";

/** A loopback connection is made or refused at once; a slow answer means a busy machine, not a dead engine. */
const TIMEOUT_MS = 2_000;

/**
 * Whether the Pulumi engine that started this provider process still runs. The process outlives a killed CLI (measured: more than
 * 12 s), and must not go on to submit a job that the next `up` submits as well.
 *
 * @param address - the engine's, which it hands to every provider process as its argument, e.g. `127.0.0.1:4321`
 */
export function engineAlive(address: string | undefined = process.argv[2]): Promise<boolean> {
  const match = /^(.+):(\d+)$/.exec(address ?? "");
  // Not started by an engine (a test, a tool): nothing to outlive.
  if (!match) return Promise.resolve(true);
  return new Promise((resolve) => {
    const socket = connect({ host: match[1], port: Number(match[2]), timeout: TIMEOUT_MS });
    const finish = (alive: boolean) => {
      socket.destroy();
      resolve(alive);
    };
    socket.once("connect", () => finish(true));
    socket.once("timeout", () => finish(true));
    socket.once("error", () => finish(false));
  });
}
