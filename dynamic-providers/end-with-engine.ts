import { engineAlive } from "./engine-alive";

/** How often a provider process looks for its engine, in milliseconds. One that is at work looks by itself, and more often. */
const LOOK_MS = 10_000;

let watched = false;

/**
 * Ends this provider process when the engine that started it is gone: Pulumi ends its plugins itself, unless it was killed. An idle one
 * would stay for ever (measured: more than half an hour, with 130 MB).
 *
 * @param address - the engine's, as `engineAlive` takes it; without one nothing is watched
 */
export function endWithEngine(address: string | undefined = process.argv[2], lookMs = LOOK_MS): void {
  if (watched || !address) return;
  watched = true;
  const look = async () => (await engineAlive(address)) || process.exit(1);
  setInterval(() => void look(), lookMs).unref();
}
