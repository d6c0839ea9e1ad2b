import { spawn } from "node:child_process";

export interface Finished {
  stdout: string;
  stderr: string;
  /** From start to end of the process. */
  seconds: number;
}

/**
 * Runs a program to its end.
 *
 * @throws Error with what it wrote to stderr, for an exit code that is not in `accepted`.
 */
export function run(
  command: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; accepted?: number[] } = {},
): Promise<Finished> {
  const { env = process.env, accepted = [0] } = options;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => {
      if (accepted.includes(code ?? -1)) resolve({ stdout, stderr, seconds: (performance.now() - start) / 1000 });
      else reject(new Error(`${command} ${args.join(" ")} exited with code ${code}:\n${stderr}`));
    });
  });
}
