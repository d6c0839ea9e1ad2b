import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { resourcesOfType } from "../../stack/stack-state";
import { crash } from "../crash/crash";
import type { CrashPoint } from "../crash/crash-point";
import { kill, lingering, type ProcessEntry, stillRunning } from "../crash/process-tree";
import { pace } from "../crash/reference";
import { Checkout } from "./checkout";

// Runs that pause or resume the job, killed right before or after that request, again and again on one job. A pause whose record was
// lost is never ended by a run that nobody asked to, and always by the setting.
jest.setTimeout(180_000);

let checkout: Checkout;
const leftRunning: ProcessEntry[] = [];
beforeAll(async () => {
  checkout = await Checkout.open({ ...pace, trainingSeconds: 100_000 });
  checkout.configure({ "training.wait": false });
});
afterAll(async () => {
  kill(stillRunning(await lingering(leftRunning)));
  await checkout.close();
});

const later = (seconds: number) => checkout.admin("POST", "/clock", { advanceMs: seconds * 1000 });
const up = () => checkout.pulumi("up", "--yes", "--skip-preview");
const requests = async (end: string) => {
  const { requests: all } = await checkout.admin<{ requests: { method: string; path: string }[] }>("GET", "/requests");
  return all.filter(({ method, path }) => method === "POST" && path.endsWith(end)).length;
};

/** The job as the service has it, by way of a refresh. */
async function status(): Promise<unknown> {
  await later(5);
  expect(await checkout.pulumi("refresh", "--yes", "--skip-preview")).toSucceed();
  return resourcesOfType(await checkout.stackState(), finetuneType("FineTuningJob"))[0]!.outputs!.status;
}

async function killAt(request: "pause" | "resume", when: CrashPoint["when"], victim: CrashPoint["victim"]) {
  const match = `^POST .*/fine_tuning/jobs/[^/]+/${request}$`;
  const { at, left } = await crash(checkout, { command: "up", request: 1, match, when, victim });
  expect(at).toMatch(new RegExp(match));
  leftRunning.push(...left);
  expect(await checkout.run("commands/recover", "--stack", "local")).toSucceed();
}

it("the job trains", async () => {
  expect((await up()).output).toMatch(/submitted ftjob-/);
  await later(20_000);
  expect(await status()).toBe("running");
});

it.each<[CrashPoint["when"], CrashPoint["victim"]]>([
  ["before", "tree"],
  ["after", "cli"],
])("killed right %s the pause and the resume (%s)", async (when, victim) => {
  checkout.configure({ "training.paused": true });
  await killAt("pause", when, victim);
  const paused = await up();
  expect(paused.output).toMatch(/ftjob-\w+ is paused\. Set `training\.paused` to false/);
  expect(await status()).toBe("paused");

  checkout.configure({ "training.paused": false });
  await killAt("resume", when, victim);
  expect((await up()).output).toMatch(/submitted ftjob-\w+; run again to continue/);
  expect(await status()).toBe("running");
  await expect(checkout.counters()).resolves.toMatchObject({ jobs: 1, jobsEverCreated: 1 });
});

it("a pause whose record was lost, and that the settings no longer ask for, stays until the setting says so", async () => {
  checkout.configure({ "training.paused": true });
  await killAt("pause", "after", "tree");
  checkout.configure({ "training.paused": false });
  const resumes = await requests("/resume");
  expect((await up()).output).toMatch(
    /no record of pausing it: it may have been .*a run of this stack that was interrupted/,
  );
  expect(await status()).toBe("paused");
  expect((await up()).output).toMatch(/is paused, and this stack has no record/);
  expect(await requests("/resume")).toBe(resumes);

  checkout.configure({ "training.paused": true });
  expect((await up()).output).toMatch(/is already paused/);
  checkout.configure({ "training.paused": false });
  expect((await up()).output).toMatch(/resuming ftjob-/);
  expect(await status()).toBe("running");
});
