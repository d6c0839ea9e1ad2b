import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { settingsOf } from "../support/rehearsal";
import type { Evaluation } from "../../evaluation/result";
import type { Told } from "./evaluating-process";
import { lessons, rehearseModels } from "./rehearsed-models";

const CASES = 2_000;
const CONCURRENCY = 64;
/** Share of the requests that are refused in the storm. */
const REFUSED = 0.3;

/** What is promised of 2,000 cases at full concurrency: milliseconds of the client's processor time per case, and megabytes. */
const GOAL = { cpuMsPerCase: 2, peakMb: 200 };

interface Took {
  cpuMs: number;
  wallMs: number;
  peakMb: number;
}

/** `npm run bench:evaluation`: what a large evaluation costs the process that asks, against the rehearsal service over TLS; a JSON line each. */
async function main(): Promise<void> {
  const models = await rehearseModels();
  const { rehearsal, good } = models;
  const { chat: _, ...subject } = good;
  const cases = path.join(rehearsal.folder, "bench.jsonl");
  writeFileSync(cases, lessons(CASES));
  const settings = settingsOf(rehearsal.service, rehearsal.client);
  const told = (folder: string): Told => ({
    ...{ settings, accountId: rehearsal.accountId, subjects: [subject], cases, concurrency: CONCURRENCY },
    folder: path.join(rehearsal.folder, folder),
  });
  try {
    report("calm", await run(told("calm"), rehearsal.service.caFile), models.asked());
    const before = models.asked();
    // Every third request or so, as a deployment without quota refuses; the moments are the same in every run.
    rehearsal.proxy.fault = ({ path }, number) =>
      /\/chat\//.test(path) && (number * 0.618034) % 1 < REFUSED
        ? { status: 429, headers: { "retry-after-ms": "20" } }
        : undefined;
    report("429 storm", await run(told("storm"), rehearsal.service.caFile), models.asked() - before);
  } finally {
    await rehearsal.close();
  }
}

function report(run: string, { took, evaluation }: { took: Took; evaluation: Evaluation }, requests: number): void {
  const peakMb = Math.round(took.peakMb);
  const answers = evaluation.cases.filter(({ answers: [answer] }) => answer!.text !== "").length;
  const cpuMsPerCase = Math.round((100 * took.cpuMs) / CASES) / 100;
  // In a storm a case takes several requests, and a refused one costs as much as an answered one.
  const cpuMsPerRequest = Math.round((100 * took.cpuMs) / requests) / 100;
  const kept = cpuMsPerCase <= GOAL.cpuMsPerCase && peakMb <= GOAL.peakMb && answers === CASES;
  const seconds = Math.round(took.wallMs / 100) / 10;
  console.log(
    JSON.stringify({
      run,
      cases: CASES,
      answers,
      requests,
      cpuMsPerCase,
      cpuMsPerRequest,
      peakMb,
      seconds,
      goal: GOAL,
      kept,
    }),
  );
  if (!kept) process.exitCode = 1;
}

async function run(told: Told, caFile: string): Promise<{ took: Took; evaluation: Evaluation }> {
  const script = path.join(__dirname, "evaluating-process.ts");
  const child = spawn(
    process.execPath,
    ["--optimize-for-size", "-r", require.resolve("tsx/cjs"), script, JSON.stringify(told)],
    {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (out === "") throw new Error(err);
  return { took: JSON.parse(err.trim().split("\n").at(-1)!) as Took, evaluation: JSON.parse(out) as Evaluation };
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = "";
  for await (const piece of stream) all += String(piece);
  return all;
}

void main();
