import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** An installed Go toolchain, e.g. `go1.26.8`; undefined when there is none on PATH. */
export function goVersion(): string | undefined {
  try {
    return execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

/**
 * Runs `go` and returns its stdout; each line of stderr, where Go reports its progress, goes to `onLine`.
 * Throws an error with the last lines of stderr when it fails.
 */
export function go(args: string[], folder: string, onLine: (line: string) => void = () => {}): Promise<string> {
  return new Promise((resolve, reject) => {
    // Without cgo no C compiler is needed.
    const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
    const child = spawn("go", args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const lastLines: string[] = [];
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (lastLines.push(line) > 15) lastLines.shift();
      onLine(line);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`go ${args[0]} ended with exit code ${code}:\n${lastLines.join("\n")}`));
    });
  });
}
