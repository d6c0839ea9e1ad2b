import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The storage account that the emulator has. */
export const ACCOUNT = "trainingdata";

/** One request as the emulator's access log has it. */
export interface LoggedRequest {
  method: string;
  /** Path and query. */
  path: string;
  status: number;
}

/** Azurite's Blob Storage on this machine: over TLS, with tokens that it checks for audience, issuer and time. */
export class Azurite {
  /** Every request since it started, or since `forget`. */
  readonly requests: LoggedRequest[] = [];

  private constructor(
    readonly endpoint: string,
    /** Of the account; who has it may do everything. */
    readonly key: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /**
   * Installs Azurite where it is not, and starts it.
   *
   * @param certificate - files (PEM) of a certificate for 127.0.0.1 and its key
   */
  static async start(certificate: { cert: string; key: string }): Promise<Azurite> {
    install();
    const folder = mkdtempSync(path.join(tmpdir(), "azurite-"));
    const accountKey = randomBytes(64).toString("base64");
    const child = spawn(
      process.execPath,
      [
        path.join(__dirname, "node_modules/azurite/dist/src/blob/main.js"),
        ...["--blobHost", "127.0.0.1", "--blobPort", "0", "--location", folder, "--disableTelemetry"],
        ...["--oauth", "basic", "--cert", certificate.cert, "--key", certificate.key],
        // It knows versions of the API until 2025-11-05, and the client sends a later one.
        "--skipApiVersionCheck",
      ],
      { env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${accountKey}` }, stdio: ["ignore", "pipe", "pipe"] },
    );
    const { endpoint, lines } = await listening(child);
    const azurite = new Azurite(endpoint, accountKey, child, folder);
    lines((line) => {
      const [, method, target, status] = /"(\w+) (\S+) HTTP\/1\.1" (\d{3})/.exec(line) ?? [];
      if (method && target && status) azurite.requests.push({ method, path: target, status: Number(status) });
    });
    return azurite;
  }

  forget(): void {
    this.requests.length = 0;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits for the line that names the address; hands on the lines after it. */
function listening(child: ChildProcess) {
  return new Promise<{ endpoint: string; lines: (take: (line: string) => void) => void }>((resolve, reject) => {
    let said = "";
    let take: ((line: string) => void) | undefined;
    let rest = "";
    const read = (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      if (take) return lines.forEach(take);
      said += text;
      const endpoint = /successfully listen(?:s|ing) on (https:\/\/[\d.:]+)/.exec(said)?.[1];
      if (endpoint) resolve({ endpoint, lines: (taker) => (take = taker) });
    };
    child.stdout!.setEncoding("utf8").on("data", read);
    child.stderr!.setEncoding("utf8").on("data", read);
    child.once("exit", (code) => reject(new Error(`Azurite ended with code ${code}: ${said}`)));
  });
}

/** Packages of its own: see the description in package.json. Another test file may be at it. */
function install(): void {
  const done = () => existsSync(path.join(__dirname, "node_modules/.package-lock.json"));
  if (done()) return;
  const lock = path.join(__dirname, ".installing");
  mkdirSync(lock);
  try {
    const args = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    const { status, stderr } = spawnSync("npm", args, {
      cwd: __dirname,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    if (status !== 0) throw new Error(`Azurite could not be installed: ${stderr}`);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
