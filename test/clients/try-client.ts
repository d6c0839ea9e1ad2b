import { spawn } from "node:child_process";
import path from "node:path";
import { available } from "../../local-azure/test/data-plane/published-schemas";
import type { Client } from "./clients";
import { install, NotHere, type Installed } from "./install";
import type { ClientService } from "./service";

/** How a client fared. */
export interface Outcome {
  client: Client;
  /** As the installed package names it. */
  version?: string;
  worked: string[];
  /** Steps that Azure is on record as refusing too. */
  refused: string[];
  failed: { step: string; error: string }[];
  /** Why it was not tried. */
  skipped?: string;
}

/** Longest that a script may take. */
const LIMIT_MS = 5 * 60_000;

/** Installs a client where it is not yet, and runs its script against an account of its own. */
export async function tryClient(client: Client, service: ClientService): Promise<Outcome> {
  const outcome: Outcome = { client, worked: [], refused: [], failed: [] };
  if (client.readsSpecs && !available)
    return { ...outcome, skipped: "the published specifications (../shared/specs) are not there" };
  let installed: Installed;
  try {
    installed = install(client);
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    return { ...outcome, skipped: error.message };
  }
  const { lines, problem } = await run(installed, await service.environmentFor(client));
  for (const { version, step, error } of lines.map((line) => JSON.parse(line) as Line)) {
    if (version !== undefined) outcome.version = version;
    if (step === undefined) continue;
    if (error === undefined) outcome.worked.push(step);
    else outcome.failed.push({ step, error });
  }
  if (problem !== undefined) outcome.failed.push({ step: "script", error: problem });
  else if (lines.length < 2) outcome.failed.push({ step: "script", error: "it reported no step" });
  return withRefusals(outcome, client);
}

/** One line of a script's output. */
interface Line {
  version?: string;
  step?: string;
  error?: string;
}

function withRefusals(outcome: Outcome, { refused = [] }: Client): Outcome {
  for (const { step, sentence } of refused) {
    const at = outcome.failed.findIndex((failure) => failure.step === step && failure.error.includes(sentence));
    if (at >= 0) outcome.failed.splice(at, 1);
    if (at >= 0) outcome.refused.push(step);
    else outcome.failed.push({ step, error: `Azure says "${sentence}", and local-azure did not` });
  }
  return outcome;
}

function run({ command, args, folder }: Installed, env: Record<string, string>) {
  const program = command.includes("/") ? path.resolve(folder, command) : command;
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [said, complained] = [text(child.stdout), text(child.stderr)];
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  return new Promise<{ lines: string[]; problem?: string }>((resolve) => {
    child.once("error", (error) => resolve({ lines: [], problem: error.message }));
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      const lines = said()
        .split("\n")
        .filter((line) => line.startsWith("{"));
      const tail = complained().trim().split("\n").slice(-3).join(" ");
      resolve({ lines, ...(code !== 0 && { problem: `it ended with ${code ?? signal}: ${tail}` }) });
    });
  });
}

function text(stream: NodeJS.ReadableStream): () => string {
  let all = "";
  stream.setEncoding("utf8").on("data", (part: string) => (all += part));
  return () => all;
}
