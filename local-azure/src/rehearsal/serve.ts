import path from "node:path";
import { startServer } from "../service/server";
import type { Settings } from "../world/settings";
import { keepPort, PORT_TAKEN } from "./port";
import { Leases } from "../admin/leases";
import type { PageSource } from "../live/page-source";

/** A starter that died before it took its lease must not leave a server behind. */
const FIRST_LEASE_MS = 30_000;

/**
 * The child process of `connect`: serves a folder until the last lease ends. Arguments: folder, settings as JSON, and the module that makes the
 * live page, if there is one.
 */
async function main([folder = "", settings = "{}", pageModule]: string[]): Promise<void> {
  const leases = new Leases(() => void stop());
  const port = await keepPort(folder);
  const stateFile = path.join(folder, "state.json");
  const server = await startServer({
    ...{ stateFile, port, leases },
    settings: JSON.parse(settings) as Partial<Settings>,
    ...(pageModule !== undefined && { page: pageOf(pageModule), livePort: await keepPort(folder, "live-port") }),
  });
  const stop = async (): Promise<void> => {
    await server.close();
    process.exit(0);
  };
  setTimeout(() => {
    if (leases.count === 0) void stop();
  }, FIRST_LEASE_MS);
}

/** Loaded only when somebody opens the page. */
function pageOf(module: string): PageSource {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the loader of this process serves `require`
  return () => (require(module) as { livePage: PageSource }).livePage();
}

main(process.argv.slice(2)).catch((error: NodeJS.ErrnoException) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(error.code === "EADDRINUSE" ? PORT_TAKEN : 1);
});
