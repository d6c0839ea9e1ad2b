import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Clock } from "../../azure-openai/clock";
import type { RemoteJob } from "../../azure-openai/remote-jobs";
import { accountPurgeHandler } from "../../dynamic-providers/account-purge/handler";
import { submitOnce } from "../../dynamic-providers/fine-tuning-job/submit-once";
import { waitForJob } from "../../dynamic-providers/trained-model/wait-for-job";
import { chatRows, rehearse, submitJob, upload, type Rehearsal } from "../support/rehearsal";
import { sayInto } from "../support/say";

const HOUR = 3_600_000;

let rehearsal: Rehearsal;
beforeEach(async () => {
  rehearsal = await rehearse({ settings: { trainingSeconds: 90 } });
});
afterEach(() => rehearsal.close());

/** This machine's clock: it differs from the service's by `offset` ms, and by `step` ms more after the first sleep. */
function machine(offset: number, step = 0): Clock {
  const began = rehearsal.clock.now();
  let shift = offset;
  return {
    now: () => rehearsal.clock.now() + shift,
    monotonic: () => rehearsal.clock.now() - began,
    sleep: async (milliseconds) => {
      shift = offset + step;
      await rehearsal.clock.sleep(milliseconds);
    },
  };
}

const STEPS = [-365 * 24 * HOUR, -10 * 60_000, 10 * 60_000, 48 * HOUR];

describe("a clock that is set while something is waited for", () => {
  it.each(STEPS)("by %i ms neither prolongs nor cuts the settling of a submission", async (step) => {
    const job: RemoteJob = { id: "ftjob-1", model: "gpt", status: "queued", created_at: 1, suffix: "ft-12345678" };
    const listed: RemoteJob[] = [];
    const began = rehearsal.clock.now();
    const queue = {
      list: () => Promise.resolve([...listed]),
      create: () => Promise.resolve((listed.push(job), job)),
      cancel: () => Promise.resolve(),
    };
    const owner = { marker: "12345678", model: "gpt" };
    const options = { queue, owner, clock: machine(0, step), say: sayInto([]) };
    await submitOnce({ ...options, beforePaidRequest: () => Promise.resolve() });
    expect(rehearsal.clock.now() - began).toBe(6_000);
  });

  it.each(STEPS)("by %i ms neither prolongs nor cuts the wait for a job", async (step) => {
    const { fileId } = upload(rehearsal, "training_set-1.jsonl", chatRows(12));
    const jobId = await submitJob(rehearsal, fileId);
    const dataPlane = await (await rehearsal.newProcess().azure()).dataPlane(rehearsal.accountId);
    const lines: string[] = [];
    const options = { waitMinutes: 300, say: sayInto(lines) };
    const clock = machine(0, step);
    const wait = (more: object) =>
      waitForJob(dataPlane, jobId, { ...options, clock, stopIfOrphaned: () => Promise.resolve(), ...more });
    const began = rehearsal.clock.now();
    expect(await wait({ waitMinutes: 0.5 })).toMatchObject({ reason: "deadline" });
    expect(rehearsal.clock.now() - began).toBe(30_000);
    expect(await wait({})).toMatchObject({ reason: "ended", job: { status: "succeeded" } });
    expect(rehearsal.clock.now() - began).toBeLessThan(180_000);
    // What people read of the job's time is by the service's clock.
    expect(lines.join("\n")).not.toMatch(/\d{2,}h/);
  });
});

describe("a service that asks to wait", () => {
  it.each([{ "retry-after": "1e12" }, { "retry-after": "86400" }, { "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" }])(
    "%j does not hide the job's end",
    async (headers) => {
      const { fileId } = upload(rehearsal, "training_set-1.jsonl", chatRows(12));
      const jobId = await submitJob(rehearsal, fileId);
      const dataPlane = await (await rehearsal.newProcess().azure()).dataPlane(rehearsal.accountId);
      rehearsal.proxy.disturb("GET", /\/fine_tuning\/jobs\/ftjob-[^/]*$/, { status: 429, body: "{}", headers });
      const began = rehearsal.clock.now();
      const end = await waitForJob(dataPlane, jobId, {
        ...{ clock: rehearsal.clock, waitMinutes: 300, say: sayInto([]) },
        stopIfOrphaned: () => Promise.resolve(),
      });
      expect(end.reason).toBe("ended");
      expect(rehearsal.clock.now() - began).toBeLessThan(180_000);
    },
  );
});

it.each(['{"data":[null]}', '{"data":[{"id":5},7]}', "{}", "<html>", "null", '{"data":null}'])(
  "events that are none (%s) don't end the wait",
  async (body) => {
    const { fileId } = upload(rehearsal, "training_set-1.jsonl", chatRows(12));
    const jobId = await submitJob(rehearsal, fileId);
    const dataPlane = await (await rehearsal.newProcess().azure()).dataPlane(rehearsal.accountId);
    rehearsal.proxy.disturb("GET", /\/events/, { status: 200, body }, 10_000);
    const end = await waitForJob(dataPlane, jobId, {
      ...{ clock: rehearsal.clock, waitMinutes: 300, say: sayInto([]) },
      stopIfOrphaned: () => Promise.resolve(),
    });
    expect(end).toMatchObject({ reason: "ended", job: { status: "succeeded" } });
  },
);

describe("a machine whose clock is wrong", () => {
  it.each([-365 * 24 * HOUR, -HOUR, HOUR, 48 * HOUR, 365 * 24 * HOUR])(
    "by %i ms purges its own account, and nobody else's",
    async (offset) => {
      const { resourceGroup: resourceGroupName, name: accountName, location } = rehearsal.account;
      const inputs = { subscriptionId: rehearsal.service.subscriptionId, resourceGroupName, accountName, location };
      const skewed = () => accountPurgeHandler({ ...rehearsal.newProcess(), clock: machine(offset) });
      const { id, outs } = await skewed().create(inputs);
      expect(Date.parse(outs.createdAt)).toBe(rehearsal.clock.now());
      rehearsal.service.advance(HOUR);
      await rehearsal.deleteAccount();
      const [deleted] = rehearsal.service.world.state.deletedAccounts;
      const { deletedAt } = deleted!;
      deleted!.deletedAt = deletedAt - 2 * HOUR;
      await skewed().delete(id, outs);
      expect(rehearsal.lines.join("\n")).toContain("predates this stack and was not purged");
      deleted!.deletedAt = deletedAt;
      await skewed().delete(id, outs);
      expect(rehearsal.service.world.state.deletedAccounts).toEqual([]);
    },
  );
});
