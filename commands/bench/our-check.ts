import path from "node:path";
import type { ValidationReport } from "../validate/report";
import { run } from "./processes";

export interface OurResult {
  /** Of the whole command, its start included. */
  seconds: number;
  report: ValidationReport;
  /** Peak resident memory of the process with all its threads. */
  peakMb: number;
}

/** Runs our check as people do: the whole command, in its own process. */
export async function ourCheck(file: string, options: { cacheHome?: string } = {}): Promise<OurResult> {
  const loader = ["--require", require.resolve("tsx/cjs"), "--require", path.join(__dirname, "print-memory.js")];
  const cached = options.cacheHome !== undefined;
  const args = [path.join(__dirname, "..", "validate.ts"), file, "--json", ...(cached ? [] : ["--no-cache"])];
  const env = cached ? { ...process.env, XDG_CACHE_HOME: options.cacheHome } : process.env;
  const { stdout, stderr, seconds } = await run(process.execPath, [...loader, ...args], { env, accepted: [0, 1] });
  const peakMb = Number(/peak memory (\d+) KB/.exec(stderr)?.[1]) / 1024;
  return { seconds, report: JSON.parse(stdout) as ValidationReport, peakMb };
}
