import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { SETTLE_MS } from "../../../azure-openai/settle";
import { AzureFailure } from "../../../azure-openai/failure";
import { submitOnce, type JobQueue } from "../../../dynamic-providers/fine-tuning-job/submit-once";
import { VirtualClock } from "../../support/virtual-clock";
import { sayInto } from "../../support/say";
import { SimulatedService, type Circumstances } from "./simulated-queue";

const marker = "0123456789abcdef";
const suffix = "ft-01234567";
const model = "gpt-4o-mini-2024-07-18";

function submitter(clock: VirtualClock, queue: JobQueue, lines: string[] = []) {
  return submitOnce({
    queue,
    owner: { marker, model },
    clock,
    say: sayInto(lines),
    beforePaidRequest: () => Promise.resolve(),
  });
}

/** mulberry32: small, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

const calm = (seed: number): Circumstances => ({ random: seeded(seed), lag: SETTLE_MS, latency: 800, queue: 25_000 });

describe("two submitters of one training", () => {
  const run = async (seed: number, apart: number, submissions: Circumstances["submissions"]) => {
    const clock = new VirtualClock();
    const service = new SimulatedService(clock, { ...calm(seed), submissions }, suffix);
    const second = async () => {
      await clock.sleep(apart);
      return submitter(clock, service.queue());
    };
    const answers = await clock.run(Promise.all([submitter(clock, service.queue()), second()]));
    await clock.run(clock.sleep(60_000));
    return { ids: answers.map((job) => job.id), paid: service.paid() };
  };

  it("agree on one job, the only one that ever runs, in 400 interleavings", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 0, max: 12_000 }), async (seed, apart) => {
        const { ids, paid } = await run(seed, apart, []);
        expect(new Set(ids).size).toBe(1);
        expect(paid).toEqual([ids[0]]);
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it("do so when answers are lost or requests not handled", async () => {
    const fate = fc.constantFrom("answered" as const, "answer lost" as const, "not handled" as const);
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 0, max: 2_000 }),
        fc.tuple(fate, fate),
        async (seed, apart, submissions) => {
          const { ids, paid } = await run(seed, apart, submissions);
          expect(new Set(ids).size).toBe(1);
          expect(paid).toEqual([ids[0]]);
        },
      ),
      { numRuns: 200, seed: 2 },
    );
  });
});

describe("one submitter", () => {
  const alone = (submissions: Circumstances["submissions"], seed = 3) => {
    const clock = new VirtualClock();
    const service = new SimulatedService(clock, { ...calm(seed), submissions }, suffix);
    return { clock, service, queue: service.queue() };
  };

  it("finds the job whose answer was lost", async () => {
    const { clock, service, queue } = alone(["answer lost"]);
    const job = await clock.run(submitter(clock, queue));
    expect(service.jobs.map(({ id }) => id)).toEqual([job.id]);
  });

  it("submits a second time when the first was not handled", async () => {
    const { clock, service, queue } = alone(["not handled"]);
    const job = await clock.run(submitter(clock, queue));
    expect(service.jobs.map(({ id }) => id)).toEqual([job.id]);
  });

  it("gives up after two unclear attempts, and says what to do", async () => {
    const { clock, service, queue } = alone(["not handled", "not handled"]);
    await expect(clock.run(submitter(clock, queue))).rejects.toThrow(
      /unclear whether the job was submitted; run `pulumi up` again/,
    );
    expect(service.jobs).toEqual([]);
  });

  it("does not repeat a refusal", async () => {
    const { clock, queue } = alone([]);
    let attempts = 0;
    const refusing = {
      ...queue,
      create: () => Promise.reject(new AzureFailure(`refused ${++attempts}`, { status: 400, code: "invalidPayload" })),
    };
    await expect(clock.run(submitter(clock, refusing))).rejects.toThrow("refused 1");
    expect(attempts).toBe(1);
  });

  it("takes an old job at once, and asks nobody before it pays nothing", async () => {
    const { clock, service, queue } = alone([]);
    const first = await clock.run(submitter(clock, queue));
    await clock.run(clock.sleep(3_600_000));
    const before = clock.now();
    const second = await clock.run(submitter(clock, queue));
    expect(second.id).toBe(first.id);
    expect(clock.now() - before).toBeLessThan(2_000);
    expect(service.jobs).toHaveLength(1);
  });

  it.each(["failed", "cancelled"])("submits anew when the earlier job is %s", async (status) => {
    const { clock, service, queue } = alone([]);
    const first = await clock.run(submitter(clock, queue));
    service.jobs[0]!.status = status;
    const second = await clock.run(submitter(clock, queue));
    expect(second.id).not.toBe(first.id);
  });

  it("prefers the oldest succeeded job to an older live one, and cancels nothing that ended", async () => {
    const { clock, queue } = alone([]);
    const job = (id: string, status: string, created_at: number) => ({ id, status, created_at, model, suffix });
    const list = () => Promise.resolve([job("ftjob-1", "running", 100), job("ftjob-2", "succeeded", 200)]);
    expect((await clock.run(submitter(clock, { ...queue, list }))).id).toBe("ftjob-2");
  });

  it("keeps its job's id when the list can't be read afterwards", async () => {
    const { clock, service, queue } = alone([]);
    let reads = 0;
    const list = () => (reads++ === 0 ? queue.list() : Promise.reject(new AzureFailure("down", { status: 503 })));
    const job = await clock.run(submitter(clock, { ...queue, list }));
    expect(job.id).toBe(service.jobs[0]!.id);
  });

  it("does not submit a second time while the list can't be read: that proves nothing", async () => {
    const { clock, service, queue } = alone(["answer lost"]);
    let reads = 0;
    const list = () => (reads++ === 0 ? queue.list() : Promise.reject(new AzureFailure("down", { status: 503 })));
    await expect(clock.run(submitter(clock, { ...queue, list }))).rejects.toThrow(
      /unclear whether the job was submitted; run `pulumi up` again/,
    );
    expect(service.jobs).toHaveLength(1);
  });

  it("waits for the list to come back, and takes the job whose answer was lost", async () => {
    const { clock, service, queue } = alone(["answer lost"]);
    const down = clock.now() + 120_000;
    let reads = 0;
    const list = () =>
      reads++ > 0 && clock.now() < down ? Promise.reject(new AzureFailure("down", { status: 503 })) : queue.list();
    const job = await clock.run(submitter(clock, { ...queue, list }));
    expect(service.jobs.map(({ id }) => id)).toEqual([job.id]);
  });

  it("takes a job that failed at once for the answer that was lost, and not one that had failed before", async () => {
    const { clock, service, queue } = alone([]);
    const old = await clock.run(submitter(clock, queue));
    service.jobs[0]!.status = "failed";
    const create = async () => {
      const { id } = await queue.create();
      service.jobs.find((job) => job.id === id)!.status = "failed";
      throw new AzureFailure("The connection was cut.", { code: "ECONNRESET" });
    };
    const job = await clock.run(submitter(clock, { ...queue, create }));
    expect(service.jobs.map(({ id }) => id)).toEqual([old.id, job.id]);
    expect(job.status).toBe("failed");
  });

  it("cancels a rival until it is cancelled", async () => {
    const { clock, service, queue } = alone([]);
    await clock.run(queue.create());
    const rival = service.jobs[0]!;
    rival.visibleAt = clock.now() + 3_000;
    rival.created_at += 60;
    let attempts = 0;
    const cancel = (id: string) =>
      attempts++ < 3 ? Promise.reject(new AzureFailure("down", { status: 503 })) : queue.cancel(id);
    const job = await clock.run(submitter(clock, { ...queue, cancel }));
    expect(job.id).not.toBe(rival.id);
    expect([attempts, rival.status]).toEqual([4, "cancelled"]);
  });

  it("does not submit when the process must stop", async () => {
    const { clock, service, queue } = alone([]);
    const stopped = submitOnce({
      queue,
      owner: { marker, model },
      clock,
      say: sayInto([]),
      beforePaidRequest: () => Promise.reject(new Error("the engine is gone")),
    });
    await expect(clock.run(stopped)).rejects.toThrow("the engine is gone");
    expect(service.jobs).toEqual([]);
  });
});
