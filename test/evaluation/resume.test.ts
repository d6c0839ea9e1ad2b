import { spawn } from "node:child_process";
import { appendFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Evaluation } from "../../evaluation/result";
import { bundleLoader, provideBundles } from "../support/from-bundle";
import { settingsOf } from "../support/rehearsal";
import type { Told } from "./evaluating-process";
import { lessons, type RehearsedModels, rehearseModels } from "./rehearsed-models";

const CASES = 200;
const CONCURRENCY = 8;
const KILLS = 5;

let models: RehearsedModels;
beforeAll(async () => {
  await provideBundles("test/evaluation/evaluating-process");
  models = await rehearseModels();
});
afterAll(() => models.rehearsal.close());

function told(folder: string, cases: string): Told {
  const { rehearsal, good, worse } = models;
  const [first, second] = [good, worse].map(({ chat: _, ...subject }) => subject);
  return {
    settings: settingsOf(rehearsal.service, rehearsal.client),
    accountId: rehearsal.accountId,
    subjects: [first!, second!],
    ...{ cases, folder, concurrency: CONCURRENCY },
  };
}

/** Runs to the end, or until that many chat requests were sent: then the process is killed. */
async function run(what: Told, killAfter = Infinity): Promise<Evaluation | undefined> {
  const { proxy, service } = models.rehearsal;
  const script = path.join(__dirname, "evaluating-process.ts");
  const child = spawn(process.execPath, ["-r", bundleLoader, script, JSON.stringify(what)], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: service.caFile },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<string | null>((resolve) => child.on("close", (_code, signal) => resolve(signal)));
  let sent = 0;
  proxy.fault = ({ path }) => {
    if (/\/chat\//.test(path) && ++sent === killAfter) child.kill("SIGKILL");
    return undefined;
  };
  const signal = await ended;
  proxy.fault = () => undefined;
  if (signal === "SIGKILL") return undefined;
  if (out === "") throw new Error(err);
  return JSON.parse(out) as Evaluation;
}

/** What must not depend on how often the run was begun. */
function figures({ summary, cases }: Evaluation): string {
  const { spentUsd: _, models: all, ...rest } = summary;
  return JSON.stringify({ ...rest, models: all.map(({ asked: _asked, ...model }) => model), cases });
}

it("killed at random moments, asks every case once but those under way, and gives the same figures bit for bit", async () => {
  const { rehearsal } = models;
  const cases = path.join(rehearsal.folder, "two-hundred.jsonl");
  writeFileSync(cases, lessons(CASES));
  const undisturbed = await run(told(path.join(rehearsal.folder, "whole"), cases));
  const all = 2 * CASES;
  const before = models.asked();

  const folder = path.join(rehearsal.folder, "killed");
  const moments = Array.from({ length: KILLS }, () => 1 + Math.floor((Math.random() * all) / (KILLS + 1)));
  for (const moment of moments) {
    await run(told(folder, cases), moment);
    // As a process leaves a file that dies while it writes to it.
    for (const name of readdirSync(folder))
      if (name.endsWith(".jsonl")) appendFileSync(path.join(folder, name), '{"key":"0a');
  }
  const resumed = await run(told(folder, cases));

  const underWay = KILLS * 2 * CONCURRENCY;
  expect({ moments, repeated: models.asked() - before - all <= underWay }).toEqual({ moments, repeated: true });
  expect(figures(resumed!)).toBe(figures(undisturbed!));
  for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
  // A dead process's lock is taken over, and the last one removes it.
  expect(readdirSync(folder).filter((name) => name.endsWith(".lock"))).toEqual([]);
  // Seven processes, one after the other.
}, 120_000);
