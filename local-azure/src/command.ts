import { existsSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { keepPort, portTaken } from "./rehearsal/port";
import { connectionOf, seedAccount } from "./rehearsal/seeded-account";
import type { PageSource } from "./live/page-source";
import { isLoopback, startServer } from "./service/server";
import { seedState } from "./storage/seed-state";
import { defaultSettings, type Settings } from "./world/settings";

interface Flags extends Partial<Settings> {
  host: string;
  names?: string[];
  port?: number;
  state: string;
  seedState?: string;
}

type ServeFlags = Flags & { warmupSeconds?: number };

const seconds: [keyof Settings, string, string][] = [
  ["trainingSeconds", "--training-seconds <s>", "seconds that a fine-tuning job takes to train"],
  ["fileSeconds", "--file-seconds <s>", "seconds that an uploaded file takes to process"],
  ["accountSeconds", "--account-seconds <s>", "seconds until a new account is ready"],
  ["deploymentSeconds", "--deployment-seconds <s>", "seconds until a fine-tuned model is deployed"],
  ["deploymentWarmupSeconds", "--warmup-seconds <s>", "seconds from status Succeeded until the deployment responds"],
  ["rbacLagSeconds", "--rbac-lag-seconds <s>", "seconds until a role assignment takes effect"],
];

/**
 * The command: serves until Ctrl-C.
 *
 * @param page - makes the live page; undefined: there is none
 */
export function runLocalAzure(page: PageSource | undefined): void {
  const program = new Command("local-azure")
    .description("Azure sign-in, Resource Manager and Azure OpenAI fine-tuning on this machine, for any client.")
    .option(
      "--host <address>",
      "address to listen on; use 0.0.0.0 to accept other machines and containers",
      "127.0.0.1",
    )
    .option(
      "--names <list>",
      "host names and IP addresses at which other machines reach this service, comma-separated; its certificate covers them, and the URLs that it returns contain the first",
      hostNames,
    )
    .option(
      "--port <n>",
      "port on that address (default: chosen at first use and kept next to the state file)",
      portNumber,
    )
    .option(
      "--state <file>",
      "state file of this service; certificates and uploads are kept in the same folder (npm start has its own in .local/azure)",
      ".local-azure/state.json",
    )
    .option(
      "--seed-state <file>",
      "start from a copy of this state file and its uploads, if the file in --state doesn't exist yet",
    )
    .option("--allow-model-change", "allow the model of an existing deployment to be changed")
    .option("--require-training-type", "reject jobs without trainingType, as public reports from 2026 describe")
    .addHelpText(
      "after",
      "\nPrints one line of JSON (endpoint, CA file, IDs, secret, key, live page) and runs until Ctrl-C.",
    );
  for (const [name, flag, description] of seconds)
    program.option(flag, `${description} (default: ${String(defaultSettings[name])})`, wholeNumber);

  void program.action((flags: ServeFlags) => serve(flags, page)).parseAsync();
}

async function serve(flags: ServeFlags, page: PageSource | undefined): Promise<void> {
  const { host, names, port: wanted, state, seedState: seed, warmupSeconds, ...settings } = flags;
  const stateFile = path.resolve(state);
  let port = wanted ?? 0;
  try {
    if (seed !== undefined) seedState(path.resolve(seed), stateFile);
    const fresh = !existsSync(stateFile);
    port = wanted ?? (await keepPort(path.dirname(stateFile)));
    const deploymentWarmupSeconds = warmupSeconds ?? defaultSettings.deploymentWarmupSeconds;
    const server = await startServer({
      ...{ stateFile, host, names, port, page },
      ...(page && isLoopback(host) && { livePort: await keepPort(path.dirname(stateFile), "live-port") }),
      settings: { ...settings, deploymentWarmupSeconds },
    });
    const account = server.world.state.accounts[0] ?? (fresh ? seedAccount(server.world) : undefined);
    // Before the line that announces the service: a client may end it at once.
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => void server.close().then(() => process.exit(0)));
    const { livePage, ...connection } = connectionOf(server.world, account);
    if (page) process.stderr.write(`Live page: ${livePage}\n`);
    process.stdout.write(`${JSON.stringify({ ...connection, ...(page && { livePage }), stateFile })}\n`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const sentences: Record<string, string> = {
      EADDRINUSE: portTaken(port, "choose another one with --port", host),
      EADDRNOTAVAIL: notOurs(host),
      ENOTFOUND: notOurs(host),
    };
    process.stderr.write(`${sentences[code ?? ""] ?? message}\n`);
    process.exitCode = 1;
  }
}

function notOurs(host: string): string {
  return `--host is ${host}, which is no address of this machine. Expected one of its addresses, or 0.0.0.0 for all of them.`;
}

function portNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError("Expected a whole number from 0 (any free port) to 65535.");
  return value;
}

function hostNames(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  const isName = (name: string) =>
    isIP(name) !== 0 || /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(name);
  if (!names.every(isName))
    throw new InvalidArgumentError("Expected names of hosts or IP addresses, as azure,192.0.2.7.");
  return names;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError("Expected a whole number of at least 0.");
  return value;
}
