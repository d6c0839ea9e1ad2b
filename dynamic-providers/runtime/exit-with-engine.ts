import { engineAlive } from "./engine-alive";

/** How often a process looks for its engine, in milliseconds. One that is working looks on its own, and more often. */
const LOOK_MS = 10_000;

let watched = false;

/**
 * Ends this process, a provider's or the program's, when the engine that started it is gone: Pulumi ends them itself, unless it was
 * killed. An idle provider would stay for ever (measured: more than half an hour, with 130 MB), and a program that waits for an answer
 * sometimes does (measured: more than 20 s in a fifth of the kills while roles were assigned).
 *
 * @param address - the engine's, as `engineAlive` takes it; without one nothing is watched
 */
export function exitWithEngine(address: string | undefined, lookMs = LOOK_MS): void {
  if (watched || !address) return;
  watched = true;
  const look = async () => (await engineAlive(address)) || process.exit(1);
  setInterval(() => void look(), lookMs).unref();
}
