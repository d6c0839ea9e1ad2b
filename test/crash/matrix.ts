import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Checkout } from "../e2e/checkout";
import { runCase, type Case, type Disturbance, type Expected, type Report } from "./run-case";

export interface MatrixOptions {
  cases: Case[];
  expected: Expected;
  /** Checkouts at work side by side. */
  workers: number;
  /** File that gets one JSON line per disturbance. */
  report: string;
  /** What an earlier run has reported already; it stays in the report. */
  earlier: Report[];
  /** An open checkout with an empty stack, for the first worker. */
  checkout: Checkout;
  /** Opens further ones. */
  open: () => Promise<Checkout>;
}

/** Runs all cases, saying how far it is; a checkout in which something went wrong is left for a new one. */
export async function runMatrix(options: MatrixOptions): Promise<Report[]> {
  const { cases, expected, workers, report, earlier, checkout, open } = options;
  const queue = [...cases];
  const reports: Report[] = [...earlier];
  const started = Date.now();
  writeFileSync(report, lines(earlier));
  const work = async (opened?: Checkout) => {
    let own = opened ?? (await open());
    for (let next = queue.shift(); next; next = queue.shift()) {
      const done = await runCase(own, expected, next);
      reports.push(...done);
      appendFileSync(report, lines(done));
      const bad = done.filter(({ problems }) => problems.length > 0);
      for (const { name, at, problems } of bad) console.log(`FAILED ${name} (${at}): ${problems.join("; ")}`);
      console.log(progress(cases.length - queue.length, cases.length, Date.now() - started));
      if (bad.length > 0) {
        await own.close();
        own = await open();
      }
    }
    await own.close();
  };
  await Promise.all(Array.from({ length: workers }, (_, index) => work(index === 0 ? checkout : undefined)));
  return reports;
}

/** What a report file holds; nothing when there is none. A last line that was cut off counts as not written. */
export function readReport(file: string): Report[] {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Report);
}

function lines(reports: Report[]): string {
  return reports.map((one) => `${JSON.stringify(one)}\n`).join("");
}

function progress(done: number, all: number, elapsedMs: number): string {
  const minutes = elapsedMs / 60_000;
  return `${done} of ${all} · ${minutes.toFixed(1)} min · about ${((minutes / done) * (all - done)).toFixed(0)} min left`;
}

/** Deals out the disturbances of each command, so that one life of a stack tests one of each. */
export function dealOut(lists: Disturbance[][]): Case[] {
  const length = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length }, (_, index) => {
    const dealt = lists.flatMap((list) => list.slice(index, index + 1));
    return Object.fromEntries(dealt.map((disturbance) => [disturbance.command, disturbance]));
  });
}

/** In an order in which a matrix that is stopped early has been everywhere: each is far from the one before. */
export function spread<T>(items: T[]): T[] {
  const step = Math.max(1, Math.round(items.length * 0.618));
  const used = new Set<number>();
  return items.map((_, index) => {
    let at = (index * step) % items.length;
    while (used.has(at)) at = (at + 1) % items.length;
    used.add(at);
    return items[at]!;
  });
}
