import { messageOf } from "../../azure-openai/message-of";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { machineTimers, type Schedule } from "./schedule";

/** Renewal interval for a token without a stated lifetime; GitHub's live for five minutes. */
const UNSTATED_MS = 2 * 60_000;
const LEAST_MS = 10_000;
const MOST_MS = 10 * 60_000;
/** Between attempts after a failure: doubled each time. */
const RETRY_MS = 5_000;
const MOST_RETRY_MS = 60_000;

export interface TokenFileOptions {
  /** Folder in which a folder for the file is created that only its owner can read. */
  folder: string;
  /** Reports a failed renewal, once until the next success. */
  warn: (line: string) => void;
  /** Runs something later; default: the machine's timers, which keep no process alive. */
  schedule?: Schedule;
}

/** A file that always holds a federated token with at least half of its life ahead, as long as its source answers. */
export class TokenFile {
  readonly path: string;
  private cancel = () => {};
  private closed = false;
  private failures = 0;
  private readonly schedule: Schedule;
  private readonly removeAtExit = () => this.close();

  private constructor(
    private readonly request: () => Promise<string>,
    private readonly folder: string,
    private readonly options: TokenFileOptions,
  ) {
    this.path = path.join(folder, "federated-token");
    this.schedule = options.schedule ?? machineTimers;
    process.once("exit", this.removeAtExit);
  }

  /**
   * Asks for the first token and keeps the file fresh from then on.
   *
   * @throws what `request` throws when there is no first token; no file is left then
   */
  static async open(request: () => Promise<string>, options: TokenFileOptions): Promise<TokenFile> {
    const token = await request();
    const file = new TokenFile(request, mkdtempSync(path.join(options.folder, "federated-")), options);
    file.keep(token);
    return file;
  }

  /** Ends the renewal and removes the file. */
  close(): void {
    this.closed = true;
    this.cancel();
    process.off("exit", this.removeAtExit);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private keep(token: string): void {
    const unfinished = `${this.path}.new`;
    // A concurrent reader gets one whole token or the other.
    writeFileSync(unfinished, token, { mode: 0o600 });
    renameSync(unfinished, this.path);
    this.failures = 0;
    this.renewAfter(halfLife(token));
  }

  private renewAfter(milliseconds: number): void {
    this.cancel = this.schedule(milliseconds, async () => {
      try {
        const token = await this.request();
        if (!this.closed) this.keep(token);
      } catch (error) {
        if (this.closed) return;
        if (this.failures++ === 0) this.options.warn(sentence(error));
        this.renewAfter(Math.min(RETRY_MS * 2 ** (this.failures - 1), MOST_RETRY_MS));
      }
    });
  }
}

/**
 * Milliseconds after which a token is renewed: half of the lifetime that it claims. Only the difference of its times counts, so a wrong
 * clock of ours does no harm.
 */
export function halfLife(token: string): number {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as unknown;
    const { exp, iat } = claims as { exp?: unknown; iat?: unknown };
    const half = typeof exp === "number" && typeof iat === "number" ? ((exp - iat) / 2) * 1000 : NaN;
    return half > 0 ? Math.min(Math.max(half, LEAST_MS), MOST_MS) : UNSTATED_MS;
  } catch {
    return UNSTATED_MS;
  }
}

function sentence(error: unknown): string {
  const reason = messageOf(error);
  return `warning: the federated token for the state's storage could not be renewed; trying again: ${reason}`;
}
