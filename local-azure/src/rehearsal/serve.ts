import path from "node:path";
import { startServer } from "../service/server";
import type { Settings } from "../world/settings";
import { keepPort, PORT_TAKEN } from "./port";
import { Leases } from "../admin/leases";

/** A starter that died before it took its lease must not leave a server behind. */
const FIRST_LEASE_MS = 30_000;

/** The child process of `connect`: serves a folder until the last lease ends. Arguments: folder, settings as JSON. */
async function main([folder = "", settings = "{}"]: string[]): Promise<void> {
  const leases = new Leases(() => void stop());
  const port = await keepPort(folder);
  const stateFile = path.join(folder, "state.json");
  const server = await startServer({ stateFile, port, settings: JSON.parse(settings) as Partial<Settings>, leases });
  const stop = async (): Promise<void> => {
    await server.close();
    process.exit(0);
  };
  setTimeout(() => {
    if (leases.count === 0) void stop();
  }, FIRST_LEASE_MS);
}

main(process.argv.slice(2)).catch((error: NodeJS.ErrnoException) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(error.code === "EADDRINUSE" ? PORT_TAKEN : 1);
});
