/** The plugin process. Pulumi starts it with the engine's address and reads the port from the first line of stdout. */
import { engineLog } from "./engine-log";
import { timedWait } from "./engine-call";
import { Provider, type Host } from "./provider";
import { startServer } from "./server";
import { defaultTransport } from "./transport";

async function main(): Promise<void> {
  const engineAddress = process.argv[2];
  if (!engineAddress) {
    console.error("This is a Pulumi plugin: it is started by `pulumi`, which passes the address of its engine.");
    process.exit(1);
  }
  endWithParent();
  const host: Host = {
    environment: process.env,
    transport: defaultTransport(process.env),
    // A program that runs pulumi for a log says so.
    log: engineLog(engineAddress, process.env.FINETUNE_OUTPUT === "log"),
    wait: timedWait,
  };
  const { port } = await startServer(new Provider(host));
  process.stdout.write(`${port}\n`);
}

/** A killed CLI leaves its plugins running; the results of this one would be lost. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.exit(0), 1000).unref();
}

void main();
