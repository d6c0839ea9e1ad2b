import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The bash of a CI's runner, in a checkout, with a folder of its own for what steps leave. */
export class Shell {
  private readonly bin: string;

  /**
   * @param folder - the checkout.
   * @param env - environment of every script, over that of its step: the rehearsal's credentials in place of the platform's.
   */
  constructor(
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.bin = path.join(folder, ".runner");
    mkdirSync(this.bin, { recursive: true });
    // `npm ci` would replace the packages that all checkouts share; the dry run still compares package.json and its lock file.
    const npm = `#!/bin/sh\ncase "$1" in ci) exec "$NPM" ci --dry-run --offline --no-audit --no-fund;; *) exec "$NPM" "$@";; esac\n`;
    writeFileSync(path.join(this.bin, "npm"), npm);
    chmodSync(path.join(this.bin, "npm"), 0o755);
  }

  /** A file of the runner's, which the next run begins without. */
  freshFile(name: string): string {
    const file = path.join(this.bin, name);
    rmSync(file, { force: true });
    return file;
  }

  /** Runs bash with these arguments. `own` is the platform's, over everything else; an undefined value takes a variable away. */
  run(args: string[], step: NodeJS.ProcessEnv, own: NodeJS.ProcessEnv = {}): Promise<{ code: number; output: string }> {
    const searchPath = [this.bin, this.env.PATH].join(path.delimiter);
    const child = spawn("bash", args, {
      cwd: this.folder,
      env: {
        ...{ ...step, ...this.env, ...own },
        ...{ PATH: searchPath, NPM: path.join(path.dirname(process.execPath), "npm") },
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    return new Promise((resolve) => child.on("close", (code) => resolve({ code: code ?? 1, output })));
  }
}

/** What a step left in a file, or nothing. */
export const textIn = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
