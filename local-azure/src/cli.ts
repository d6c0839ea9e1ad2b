#!/usr/bin/env node
import { existsSync } from "node:fs";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { keepPort, portTaken } from "./rehearsal/port";
import { connectionOf, seedAccount } from "./rehearsal/seeded-account";
import { startServer } from "./service/server";
import { seedState } from "./storage/seed-state";
import { defaultSettings, type Settings } from "./world/settings";

interface Flags extends Partial<Settings> {
  port?: number;
  state: string;
  seedState?: string;
}

const seconds: [keyof Settings, string, string][] = [
  ["trainingSeconds", "--training-seconds <s>", "seconds a fine-tuning job trains"],
  ["fileSeconds", "--file-seconds <s>", "seconds an uploaded file is processed"],
  ["accountSeconds", "--account-seconds <s>", "seconds until a new account is ready"],
  ["deploymentSeconds", "--deployment-seconds <s>", "seconds until a fine-tuned model is deployed"],
  ["deploymentWarmupSeconds", "--warmup-seconds <s>", "seconds from Succeeded to the first answer"],
  ["rbacLagSeconds", "--rbac-lag-seconds <s>", "seconds until a role assignment takes effect"],
];

const program = new Command("local-azure")
  .description("Azure sign-in, Resource Manager and Azure OpenAI fine-tuning on this machine, for any client.")
  .option("--port <n>", "port on 127.0.0.1 (default: chosen at first use and kept next to the state file)", portNumber)
  .option(
    "--state <file>",
    "state file of this service; certificates and uploads are kept in the same folder (npm start has its own in .local/azure)",
    ".local-azure/state.json",
  )
  .option(
    "--seed-state <file>",
    "begin with a copy of this state file and its uploads, where --state names none that is there",
  )
  .option("--allow-model-change", "accept another model on an existing deployment")
  .option("--require-training-type", "refuse jobs without trainingType, as public reports of 2026 have it")
  .addHelpText("after", "\nPrints one line of JSON (address, CA file, ids, secret, key) and serves until Ctrl-C.");
for (const [name, flag, description] of seconds)
  program.option(flag, `${description} (default: ${String(defaultSettings[name])})`, wholeNumber);

void program.action(serve).parseAsync();

async function serve(flags: Flags & { warmupSeconds?: number }): Promise<void> {
  const { port: wanted, state, seedState: seed, warmupSeconds, ...settings } = flags;
  const stateFile = path.resolve(state);
  let port = wanted ?? 0;
  try {
    if (seed !== undefined) seedState(path.resolve(seed), stateFile);
    const fresh = !existsSync(stateFile);
    port = wanted ?? (await keepPort(path.dirname(stateFile)));
    const deploymentWarmupSeconds = warmupSeconds ?? defaultSettings.deploymentWarmupSeconds;
    const server = await startServer({ stateFile, port, settings: { ...settings, deploymentWarmupSeconds } });
    const account = server.world.state.accounts[0] ?? (fresh ? seedAccount(server.world) : undefined);
    // Before the line that announces the service: a client may end it at once.
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => void server.close().then(() => process.exit(0)));
    process.stdout.write(`${JSON.stringify({ ...connectionOf(server.world, account), stateFile })}\n`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    process.stderr.write(`${code === "EADDRINUSE" ? portTaken(port, "choose another one with --port") : message}\n`);
    process.exitCode = 1;
  }
}

function portNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError("Expected a whole number from 0 (any free port) to 65535.");
  return value;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError("Expected a whole number of at least 0.");
  return value;
}
