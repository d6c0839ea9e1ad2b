import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Context } from "../../../dynamic-providers/runtime/context";
import { costKey } from "../../../dynamic-providers/runtime/run-plan";
import type { PartialFailure } from "../../../dynamic-providers/runtime/partial-failure";
import { fineTuningJobHandler } from "../../../dynamic-providers/fine-tuning-job/handler";
import type {
  FineTuningJobArgs,
  FineTuningJobInputs,
  FineTuningJobState,
} from "../../../dynamic-providers/fine-tuning-job/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { chatRows, deploy, rehearse, upload, type Rehearsal } from "../../support/rehearsal";
import type { Fault } from "../../support/fault-proxy";

let rehearsal: Rehearsal;
let training: { fileId: string; sha256: string };
beforeEach(async () => {
  rehearsal = await rehearse({ settings: { trainingSeconds: 600 } });
  training = upload(rehearsal, "training_set-1.jsonl", chatRows(12));
});
afterEach(() => rehearsal.close());

const handlerOf = (process = rehearsal.newProcess()) => fineTuningJobHandler(process);
const jobs = () => rehearsal.account.dataPlane.jobs;
const created = () => rehearsal.account.dataPlane.jobsEverCreated;
/** The job has been paused by somebody else for a while. */
const pauseElsewhere = () => {
  jobs()[0]!.stops.push({ at: rehearsal.clock.now(), why: "paused" });
  rehearsal.service.advance(60_000);
};
const refreshed = async (state: FineTuningJobState) =>
  ((await handlerOf().read(state.jobId, state)) as { props: FineTuningJobState }).props;
const statuses = () => jobs().filter((job) => job.cancelledAt === undefined).length;
const JOBS = /\/fine_tuning\/jobs(\?|$)/;

function argsFor(more: Partial<FineTuningJobArgs> = {}): FineTuningJobArgs {
  return {
    accountId: rehearsal.accountId,
    location: rehearsal.location,
    model: "gpt-4o-mini-2024-07-18",
    method: "supervised",
    trainingType: "Standard",
    trainingFileId: training.fileId,
    trainingSha256: training.sha256,
    project: "finetune",
    stack: "test",
    logicalName: "finetune-job",
    ...more,
  };
}

const check = (more: Partial<FineTuningJobArgs> = {}, process = rehearsal.newProcess()) =>
  handlerOf(process).check({} as FineTuningJobInputs, argsFor(more) as FineTuningJobInputs);

async function inputsFor(more: Partial<FineTuningJobArgs> = {}): Promise<FineTuningJobInputs> {
  const { inputs, failures } = await check(more);
  expect(failures).toEqual([]);
  return inputs;
}

const submit = async (more: Partial<FineTuningJobArgs> = {}) => (await handlerOf().create(await inputsFor(more))).outs;
const failureOf = (task: Promise<unknown>) =>
  task.then(
    () => undefined,
    (error: unknown) => error as PartialFailure,
  );

describe("create", () => {
  it("submits with everything that the stack says", async () => {
    const state = await submit({
      hyperparameters: { nEpochs: 2, batchSize: "auto" },
      seed: 5,
      trainingType: "GlobalStandard",
      metadata: { team: "ai" },
      integrations: [],
      suffixBase: "teacher",
    });
    expect(jobs()[0]).toMatchObject({
      id: state.jobId,
      model: "gpt-4o-mini-2024-07-18",
      requested: { epochs: 2, batchSize: -1 },
      seed: 5,
      metadata: { team: "ai" },
      suffix: state.suffix,
      trainingFile: training.fileId,
    });
    expect(state).toMatchObject({ stateVersion: 1, adopted: false, record: "present", createdAt: expect.any(Number) });
    expect(state.suffix).toBe(`teacher-${state.marker.slice(0, 8)}`);
  });

  it.each<Fault>([
    "cut before",
    "cut after",
    "truncate",
    { status: 500 },
    { status: 502 },
    { status: 503 },
    { status: 408 },
    { status: 429, headers: { "retry-after": "30" } },
    { status: 401 },
  ])("pays once in spite of %j at the submission", async (fault) => {
    rehearsal.proxy.disturb("POST", JOBS, fault);
    const state = await submit();
    expect(created()).toBe(1);
    expect(jobs()[0]!.id).toBe(state.jobId);
  });

  it.each<Fault>(["cut before", "truncate", { status: 500 }, { status: 429, headers: { "retry-after": "3" } }])(
    "pays once in spite of %j at every look at the list",
    async (fault) => {
      let number = 0;
      rehearsal.proxy.fault = ({ method, path }) =>
        method === "GET" && JOBS.test(path) && number++ % 2 === 0 ? fault : undefined;
      await submit();
      expect(created()).toBe(1);
    },
  );

  it("adopts the job of a run that was killed after submitting", async () => {
    const first = await submit();
    rehearsal.service.advance(3_600_000);
    const second = await submit();
    expect(second.jobId).toBe(first.jobId);
    expect(created()).toBe(1);
  });

  it("adopts also when only the suffix's base was changed meanwhile", async () => {
    const first = await submit({ suffixBase: "old" });
    expect((await submit({ suffixBase: "new" })).jobId).toBe(first.jobId);
  });

  it("agrees with another process on one job", async () => {
    const inputs = await inputsFor();
    const [a, b] = await Promise.all([handlerOf().create(inputs), handlerOf().create(inputs)]);
    expect(a.id).toBe(b.id);
    expect(statuses()).toBe(1);
  });

  it("keeps apart stacks that share an account", async () => {
    const [a, b] = [await submit(), await submit({ stack: "other" })];
    expect(a.jobId).not.toBe(b.jobId);
    expect(a.trainingKey).toBe(b.trainingKey);
  });

  it("submits nothing more when the engine went while the service made it wait", async () => {
    rehearsal.proxy.disturb("POST", JOBS, { status: 429, headers: { "retry-after": "60" } });
    let looks = 0;
    const gone = rehearsal.newProcess({
      stopIfOrphaned: () => (++looks > 1 ? Promise.reject(new Error("exit")) : Promise.resolve()),
    });
    await expect(handlerOf(gone).create(await inputsFor())).rejects.toThrow("exit");
    expect(created()).toBe(0);
  });

  it("submits nothing when the engine is gone", async () => {
    const gone = rehearsal.newProcess({ stopIfOrphaned: () => Promise.reject(new Error("exit")) });
    await expect(handlerOf(gone).create(await inputsFor())).rejects.toThrow("exit");
    expect(created()).toBe(0);
  });

  it("tells the service's refusal in its own words", async () => {
    const inputs = await inputsFor({ model: "gpt-4o-2024-08-06", method: "reinforcement", grader: { type: "x" } });
    await expect(handlerOf().create(inputs)).rejects.toThrow(
      /Submitting the fine-tuning job failed: .+ \(400 invalidPayload\)/,
    );
  });

  it("submits anew after a job that failed", async () => {
    rehearsal.account.dataPlane.nextJobFaults = [{ outcome: "fail-validation" }];
    const first = await submit();
    rehearsal.service.advance(3_600_000);
    expect((await submit()).jobId).not.toBe(first.jobId);
  });
});

describe("before a job is paid", () => {
  const QUOTA = "OpenAI.Standard.gpt-4o-mini-finetune";
  const deployment = { sku: "Standard", capacity: 1 };
  /** What stops the preview, and what stops `up` where that finds it first: the same. */
  const messageOf = async (more: Partial<FineTuningJobArgs>) => {
    const { inputs, failures } = await check(more);
    const message = (await failureOf(handlerOf().create(inputs)))?.message;
    const said = failures.map(({ reason }) => `No job was submitted, and nothing was charged. ${reason}`);
    expect(said).toEqual(message === undefined ? [] : [message]);
    return message;
  };
  const old = (name: string, capacity: number) => {
    deploy(rehearsal, name, "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678-a");
    Object.assign(rehearsal.account.deployments.at(-1)!, { quota: QUOTA, sku: { name: "Standard", capacity } });
  };

  it("no room for the deployment that follows stops it, with the figures", async () => {
    expect(await messageOf({ deployment: { ...deployment, capacity: 5_000 } })).toMatch(
      /^No job was submitted, and nothing was charged\. Not enough quota in \w+ for a Standard deployment with capacity 5000 \(deploy\.capacity\)\. OpenAI\.Standard\.gpt-4o-mini-finetune: 0 of 250 in use, so at most 250 is available\. Lower deploy\.capacity/,
    );
    expect(created()).toBe(0);
  });

  it("no room for the base model beside it stops it too; what that holds already counts as room", async () => {
    const baseModel = { name: "mini-base", sku: "Standard", capacity: 1_001 };
    expect(await messageOf({ deployment: { ...deployment, baseModel } })).toMatch(
      /^No job was submitted, .* for a Standard deployment of the base model with capacity 1001 \(deploy\.baseModel\.capacity\)\. OpenAI\.Standard\.gpt-4o-mini: 0 of 1000 in use, so at most 1000 is available\. Lower deploy\.baseModel\.capacity/,
    );
    deploy(rehearsal, "mini-base", "gpt-4o-mini");
    const held = { quota: "OpenAI.Standard.gpt-4o-mini", sku: { name: "Standard", capacity: 900 } };
    Object.assign(rehearsal.account.deployments.at(-1)!, held);
    expect(await messageOf({ deployment: { ...deployment, baseModel: { ...baseModel, capacity: 1_000 } } })).toBe(
      undefined,
    );
    expect(created()).toBe(1);
  });

  it("what the stack's own old deployment holds counts only where that goes first", async () => {
    old("teacher", 250);
    expect(await messageOf({ deployment })).toMatch(/250 of 250 in use, so at most 0 is available/);
    expect(await messageOf({ deployment: { ...deployment, takesPlaceOf: "teacher" } })).toBeUndefined();
    expect(created()).toBe(1);
  });

  it("a job that is there already is not stopped: it is paid", async () => {
    await submit();
    expect(await messageOf({ deployment: { ...deployment, capacity: 5_000 } })).toBeUndefined();
  });

  it("asks once, also when the answer to the submission is lost", async () => {
    rehearsal.proxy.disturb("POST", JOBS, "cut before");
    const inputs = await inputsFor({ deployment });
    const atPreview = rehearsal.proxy.count("GET", /\/usages/);
    await handlerOf().create(inputs);
    expect(rehearsal.proxy.count("GET", /\/usages/) - atPreview).toBe(1);
    expect(created()).toBe(1);
  });

  it("a full account stops it", async () => {
    await submit();
    const one = jobs()[0]!;
    const ended = { startedAt: undefined, cancelledAt: one.createdAt, suffix: "other" };
    jobs().push(...Array.from({ length: 499 }, (_, index) => ({ ...one, ...ended, id: `ftjob-${index}` })));
    expect(await messageOf({ seed: 2 })).toMatch(
      /^No job was submitted, and nothing was charged\. The account holds 500 of 500 fine-tuning jobs \(MaxFineTuneCount\)/,
    );
  });

  it("that it will wait in the queue is said", async () => {
    for (const seed of [1, 2, 3]) await submit({ seed });
    expect(rehearsal.lines.join("\n")).not.toContain("wait in the queue");
    await submit({ seed: 4 });
    expect(rehearsal.lines.join("\n")).toMatch(
      /the account has 3 unfinished jobs and runs 3 at a time; this one will wait/,
    );
  });

  it.each([/\/usages/, /\/locations\/\w+\/models/])(
    "figures that can't be read are said, and stop nothing (%s)",
    async (path) => {
      rehearsal.proxy.disturb("GET", path, { status: 403, code: "AuthorizationFailed" }, 9);
      await submit({ deployment: { ...deployment, capacity: 5_000 } });
      expect(rehearsal.lines.join("\n")).toMatch(/could not check whether the region has enough quota/);
      expect(created()).toBe(1);
    },
  );

  it("a deployment that stays stops a preview only where it is to be larger than what is left", async () => {
    const state = await submit({ deployment: { ...deployment, capacity: 100 } });
    old("teacher", 100);
    const reasons = async (capacity: number, sku = "Standard") => {
      const news = argsFor({ deployment: { sku, capacity } }) as FineTuningJobInputs;
      return (await handlerOf().check(state, news)).failures.map(({ property, reason }) => `${property}: ${reason}`);
    };
    expect(await reasons(250)).toEqual([]);
    expect(await reasons(100)).toEqual([]);
    expect(await reasons(251)).toEqual([
      expect.stringMatching(
        /^deployment: .*: 100 of 250 in use, including 100 held by the stack's deployment, .*at most 250 is available/,
      ),
    ]);
    old("other", 150);
    expect(await reasons(99)).toEqual([]);
    expect(await reasons(1, "DataZoneStandard")).toEqual([]);
    expect(await reasons(501, "DataZoneStandard")).toEqual([
      expect.stringMatching(/DataZoneStandard.*: 0 of 500 in use/),
    ]);
    const baseModel = { name: "mini-base", sku: "Standard", capacity: 1_001 };
    const news = argsFor({ deployment: { ...deployment, baseModel } }) as FineTuningJobInputs;
    expect((await handlerOf().check(state, news)).failures).toEqual([
      {
        property: "deployment",
        reason: expect.stringMatching(/of the base model with capacity 1001 .*at most 1000 is available/),
      },
    ]);
  });

  it("of an account that is made in this run, the region's quotas count", async () => {
    const more = { accountId: UNKNOWN, accountPath: rehearsal.accountId, deployment: { ...deployment, capacity: 251 } };
    expect((await check(more)).failures).toEqual([
      { property: "model", reason: expect.stringMatching(/0 of 250 in use, so at most 250 is available/) },
    ]);
  });

  it("a change of the deployment is no change of the job", async () => {
    const state = await submit({ deployment });
    const inputs = await inputsFor({ deployment: { sku: "GlobalStandard", capacity: 9 } });
    expect(await handlerOf().diff(state.jobId, state, inputs)).toEqual({ changes: false, replaces: [] });
  });
});

describe("a preview looks for the job that create would take over", () => {
  const planOf = async (task: (process: Context) => Promise<unknown>) => {
    const process = rehearsal.newProcess();
    process.plan.cost(costKey(argsFor(), "finetune-job"), { low: 1, high: 1 });
    process.liveIds.sawProgram();
    rehearsal.lines.length = 0;
    await task(process);
    return rehearsal.lines.filter((line) => line.startsWith("[plan]")).join("\n");
  };
  const previewOfNew = () => planOf((process) => check({}, process));

  it("after a run that was killed right after it had submitted", async () => {
    const { jobId } = await submit();
    const [before, requests] = [created(), rehearsal.proxy.seen.length];
    expect(await previewOfNew()).toBe(
      `[plan] Trains nothing new: adopts ${jobId} (running), which an earlier run of this stack submitted`,
    );
    const reads = rehearsal.proxy.seen.slice(requests);
    expect(reads.filter(({ method, path }) => method !== "GET" && !path.includes("/token"))).toEqual([]);
    expect(reads.filter(({ path }) => JOBS.test(path))).toHaveLength(1);
    expect((await check()).inputs).toMatchObject({ jobId, takesOver: { jobId, status: "running" } });
    expect((await submit()).jobId).toBe(jobId);
    expect(created()).toBe(before);
  });

  it("after a switch that failed, when the settings are set back", async () => {
    const first = await submit();
    rehearsal.service.advance(3_600_000);
    const second = await submit({ seed: 5 });
    const inputs = await inputsFor();
    expect(await planOf((process) => handlerOf(process).diff(second.jobId, second, inputs))).toBe(
      `[plan] Trains nothing new: adopts ${first.jobId} (succeeded), which an earlier run of this stack submitted; ${second.jobId}, which is not finished (running), will be cancelled and deleted`,
    );
  });

  it("and says that it trains where that job failed, and create submits another", async () => {
    rehearsal.account.dataPlane.nextJobFaults = [{ outcome: "fail-training" }];
    await submit();
    rehearsal.service.advance(3_600_000);
    expect(await previewOfNew()).toBe("[plan] Trains: 1 job, $1.00, since this stack has no trained model");
    await submit();
    expect(created()).toBe(2);
  });

  it("and says so where the jobs can't be read, since up may find one", async () => {
    rehearsal.proxy.fault = ({ path }) => (JOBS.test(path) ? { status: 403 } : undefined);
    expect(await previewOfNew()).toMatch(
      /^\[plan\] Trains: 1 job, \$1\.00, since this stack has no trained model\. If an interrupted run has already submitted this job, up adopts it at no charge; whether one has could not be checked: Listing the fine-tuning jobs.*403/,
    );
  });

  it.each<[string, (process: Context) => void, Partial<FineTuningJobArgs>]>([
    ["the account is not there yet", () => undefined, { accountId: UNKNOWN }],
    ["this run has made the account", ({ plan }) => plan.accounts.makes(argsFor().accountId), {}],
    ["the data is not known yet", () => undefined, { trainingSha256: UNKNOWN }],
  ])("but asks nothing of the service when %s", async (_when, prepare, more) => {
    const process = rehearsal.newProcess();
    prepare(process);
    const before = rehearsal.proxy.seen.length;
    expect((await check(more, process)).inputs).not.toHaveProperty("takesOver");
    expect(rehearsal.proxy.seen).toHaveLength(before);
  });

  it("and says of another account that it trains again, though the engine compares with the old values first", async () => {
    const state = await submit();
    const old = { ...state, accountId: UNKNOWN };
    const lines = await planOf(async (process) => {
      await handlerOf(process).diff(state.jobId, state, old);
      await check({ accountId: UNKNOWN, seed: 5 }, process);
    });
    expect(lines).toMatch(/^\[plan\] Trains again: 1 job, \$1\.00, because the account changes[^\n]*$/);
  });

  it("and takes no account for replaced because its purge is", async () => {
    const state = await submit();
    const lines = await planOf(async (process) => {
      process.plan.accounts.replaces(state.accountId, { accountId: UNKNOWN, location: UNKNOWN });
      const { inputs } = await handlerOf(process).check(state, argsFor() as FineTuningJobInputs);
      await handlerOf(process).diff(state.jobId, state, inputs);
    });
    expect(lines).toBe("");
  });

  it("and no state keeps what it saw", async () => {
    await submit();
    expect(await submit()).not.toHaveProperty("takesOver");
  });
});

describe("existingJobId", () => {
  const elsewhere = async (more: Partial<FineTuningJobArgs> = {}) =>
    (await submit({ stack: "elsewhere", ...more })).jobId;

  it("adopts a job that fits, though its files have other ids", async () => {
    const existingJobId = await elsewhere();
    const again = upload(rehearsal, "copy.jsonl", chatRows(12));
    const state = await submit({ existingJobId, trainingFileId: again.fileId });
    expect(state).toMatchObject({ jobId: existingJobId, adopted: true });
    expect(created()).toBe(1);
  });

  it.each<[string, Partial<FineTuningJobArgs>, RegExp]>([
    ["model", { model: "gpt-4.1-2025-04-14" }, /it trains gpt-4o-mini-2024-07-18, not gpt-4.1/],
    ["method", { model: "gpt-4.1-2025-04-14", method: "dpo" }, /its method is supervised, not dpo/],
    ["seed", { seed: 99 }, /its seed is 7, not 99/],
    ["field", { extraBody: { rank: 4 } }, /its rank differs from job\.extraBody/],
    ["hyperparameter", { hyperparameters: { nEpochs: 9 } }, /its n_epochs is 3, not 9/],
  ])("refuses another %s, at preview already", async (_name, more, reason) => {
    const existingJobId = await elsewhere({ seed: 7, hyperparameters: { nEpochs: 3 }, extraBody: { rank: 8 } });
    const { inputs, failures } = await check({ existingJobId, ...more });
    expect(failures).toEqual([{ property: "existingJobId", reason: expect.stringMatching(reason) }]);
    await expect(handlerOf().create(inputs)).rejects.toThrow(reason);
  });

  it("takes a field that the job does not show for the same", async () => {
    const existingJobId = await elsewhere();
    expect(await submit({ existingJobId, extraBody: { rank: 8 } })).toMatchObject({ jobId: existingJobId });
  });

  it("refuses other content", async () => {
    const existingJobId = await elsewhere();
    const { fileId, sha256 } = upload(rehearsal, "other.jsonl", chatRows(13));
    const inputs = await inputsFor({ existingJobId, trainingFileId: fileId, trainingSha256: sha256 });
    await expect(handlerOf().create(inputs)).rejects.toThrow(/its training file file-[0-9a-f]+ has different content/);
  });

  it("says when there is no such job, at preview already", async () => {
    const { inputs, failures } = await check({ existingJobId: "ftjob-0" });
    const reason = /ftjob-0, but the account has no such job\. Correct it, or remove it/;
    expect(failures).toEqual([{ property: "existingJobId", reason: expect.stringMatching(reason) }]);
    await expect(handlerOf().create(inputs)).rejects.toThrow(reason);
  });

  it("refuses nothing at preview where the account's jobs can't be read", async () => {
    const existingJobId = await elsewhere();
    rehearsal.proxy.fault = ({ path }) => (path.includes("/fine_tuning/") ? { status: 403 } : undefined);
    expect(await inputsFor({ existingJobId })).not.toHaveProperty("takesOver");
  });

  it("leaves an adopted job alone at the end, unless told otherwise", async () => {
    const state = await submit({ existingJobId: await elsewhere() });
    const down = rehearsal.newProcess();
    await handlerOf(down).delete(state.jobId, state);
    expect(jobs()).toHaveLength(1);
    expect(down.kept).toEqual([`job ${state.jobId} and its model (it was adopted through existingJobId)`]);
    await handlerOf().delete(state.jobId, { ...state, retain: { adopted: false } });
    expect(jobs()).toEqual([]);
  });
});

describe("diff", () => {
  const failed = async (outcome: "fail-validation" | "fail-training" | "fail-postprocessing") => {
    rehearsal.account.dataPlane.nextJobFaults = [{ outcome }];
    const state = await submit({ retry: 1 });
    rehearsal.service.advance(3_600_000);
    return state;
  };

  it("asks nothing of the service when retry was not raised", async () => {
    const state = await submit();
    const before = rehearsal.proxy.seen.length;
    const { inputs } = await handlerOf().check(state, argsFor() as FineTuningJobInputs);
    expect(await handlerOf().diff(state.jobId, state, inputs)).toEqual({ changes: false, replaces: [] });
    expect(rehearsal.proxy.seen.length).toBe(before);
  });

  it.each(["fail-training", "fail-postprocessing"] as const)(
    "replaces a failed job (%s) when retry is raised, and only then",
    async (outcome) => {
      const state = await failed(outcome);
      const diff = async (retry: number) => handlerOf().diff(state.jobId, state, await inputsFor({ retry }));
      expect(await diff(1)).toEqual({ changes: false, replaces: [] });
      expect(await diff(2)).toEqual({ changes: true, replaces: ["retry"] });
      expect(await diff(0)).toEqual({ changes: false, replaces: [] });
    },
  );

  it("takes a raised retry for nothing when the job has succeeded", async () => {
    const state = await submit();
    rehearsal.service.advance(24 * 3_600_000);
    const diff = await handlerOf().diff(state.jobId, state, await inputsFor({ retry: 1 }));
    expect(diff).toEqual({ changes: false, replaces: [] });
    expect(rehearsal.lines.at(-1)).toBe(
      `[fine-tuning-job ${state.jobId}] training.retry 1 starts no new job, because the last one succeeded`,
    );
  });

  it("says of a lowered retry that it changes nothing, and that its values stay used", async () => {
    const state = await submit({ retry: 2 });
    const process = rehearsal.newProcess();
    process.liveIds.sawProgram();
    const lowered = await inputsFor({ retry: 1 });
    expect(await handlerOf(process).diff(state.jobId, state, lowered)).toEqual({ changes: false, replaces: [] });
    expect(rehearsal.lines.at(-1)).toBe(
      `[fine-tuning-job ${state.jobId}] training.retry was lowered from 2 to 1, which changes nothing: to train again after a job that did not succeed, raise it above 2`,
    );
    const { outs } = await handlerOf().update(state.jobId, state, await inputsFor({ retry: 1, metadata: { a: "b" } }));
    expect(outs).toMatchObject({ retry: 2, metadata: { a: "b" } });
  });

  it("only records a raised retry while the job goes on", async () => {
    const state = await submit();
    const inputs = await inputsFor({ retry: 1 });
    expect(await handlerOf().diff(state.jobId, state, inputs)).toEqual({ changes: true, replaces: [] });
    const { outs } = await handlerOf().update(state.jobId, state, inputs);
    expect(outs).toMatchObject({ retry: 1, jobId: state.jobId });
    expect(created()).toBe(1);
  });

  it("keeps the marker of a renamed stack", async () => {
    const state = await submit();
    const inputs = await inputsFor({ stack: "renamed", metadata: { a: "b" } });
    const { outs } = await handlerOf().update(state.jobId, state, inputs);
    expect(outs).toMatchObject({ marker: state.marker, suffix: state.suffix, stack: "renamed" });
    expect(rehearsal.lines.at(-1)).toMatch(/metadata: applied only at submission; ftjob-\w+ keeps its current values/);
  });

  it("leaves the keys unknown while the content is", async () => {
    const { inputs } = await handlerOf().check(
      {} as never,
      argsFor({ trainingSha256: UNKNOWN }) as FineTuningJobInputs,
    );
    expect(inputs).toMatchObject({ trainingKey: UNKNOWN, marker: UNKNOWN, suffix: UNKNOWN });
  });
});

describe("read", () => {
  const succeeded = async () => {
    const state = await submit();
    rehearsal.service.advance(3_600_000);
    return state;
  };

  it("learns status and model", async () => {
    const state = await succeeded();
    const { props } = (await handlerOf().read(state.jobId, state)) as { props: FineTuningJobState };
    expect(props).toMatchObject({ status: "succeeded", fineTunedModel: expect.stringContaining(".ft-") });
  });

  it("takes a job whose record is gone for present while its model is there", async () => {
    const state = await succeeded();
    jobs()[0]!.forgotten = true;
    const { id, props } = await handlerOf().read(state.jobId, state);
    expect(id).toBe(state.jobId);
    expect(props).toMatchObject({ record: "gone" });
    expect((await handlerOf().diff(state.jobId, props as FineTuningJobState, await inputsFor())).changes).toBe(false);
  });

  it("never lets drift pay for a job: a lost model stops `up` until retry is raised", async () => {
    const state = await succeeded();
    jobs().length = 0;
    const { id, props } = (await handlerOf().read(state.jobId, state)) as { id: string; props: FineTuningJobState };
    expect([id, props.record]).toEqual([state.jobId, "lost"]);
    expect(await handlerOf().diff(id, props, await inputsFor())).toEqual({ changes: true, replaces: [] });
    await expect(handlerOf().update(id, props, await inputsFor())).rejects.toThrow(
      /were deleted outside this stack\. Raise `training.retry`/,
    );
    expect(await handlerOf().diff(id, props, await inputsFor({ retry: 1 }))).toEqual({
      changes: true,
      replaces: ["retry"],
    });
  });

  it("learns that it was paused elsewhere, and doesn't take that for a change", async () => {
    const state = await submit();
    rehearsal.service.advance(200_000);
    pauseElsewhere();
    const props = await refreshed(state);
    expect(props).toMatchObject({ status: "paused", pausedByStack: false });
    expect((await handlerOf().diff(state.jobId, props, await inputsFor())).changes).toBe(false);
  });

  it("doesn't take a subscription that can't be seen for an account that is gone", async () => {
    const state = await submit();
    const hidden = { status: 404, code: "SubscriptionNotFound", message: "The subscription could not be found." };
    rehearsal.proxy.disturb("GET", /\/accounts\/Tuning\?/, hidden, 9);
    await expect(handlerOf().read(state.jobId, state)).rejects.toThrow(/SubscriptionNotFound/);
    await expect(handlerOf().delete(state.jobId, state)).rejects.toThrow(/SubscriptionNotFound/);
  });

  it("takes an account that is gone for gone", async () => {
    const state = await submit();
    await rehearsal.deleteAccount();
    expect(await handlerOf().read(state.jobId, state)).toEqual({});
    await handlerOf().delete(state.jobId, state);
  });
});

describe("delete", () => {
  it("cancels a running job, waits for its end, and removes it", async () => {
    const state = await submit();
    rehearsal.service.advance(120_000);
    await handlerOf().delete(state.jobId, state);
    expect(jobs()).toEqual([]);
    expect(rehearsal.lines.join("\n")).toMatch(/cancelling ftjob-\w+ \(running\)/);
    await handlerOf().delete(state.jobId, state);
  });

  it("removes the cancelled rivals of its job, and nobody else's", async () => {
    const inputs = await inputsFor();
    const [a] = await Promise.all([handlerOf().create(inputs), handlerOf().create(inputs)]);
    const other = await submit({ stack: "other" });
    await handlerOf().delete(a.id, a.outs);
    expect(jobs().map((job) => job.id)).toEqual([other.jobId]);
  });

  it("removes job, model and result files of a succeeded one", async () => {
    const state = await submit();
    rehearsal.service.advance(3_600_000);
    await handlerOf().read(state.jobId, state);
    await handlerOf().delete(state.jobId, state);
    expect(jobs()).toEqual([]);
    expect(rehearsal.account.dataPlane.files.map((file) => file.id)).toEqual([training.fileId]);
  });

  it.each<Fault>(["cut after", "truncate", { status: 500 }, { status: 409 }])(
    "survives or repeats %j at each of its requests",
    async (fault) => {
      // The first round is not disturbed, and counts the requests.
      let requests = 0;
      for (let disturbed = 0; disturbed <= requests; disturbed++) {
        const state = await submit({ seed: disturbed });
        rehearsal.service.advance(120_000);
        const before = rehearsal.proxy.seen.length;
        rehearsal.proxy.fault = (_request, number) => (number === before + disturbed ? fault : undefined);
        const failure = await failureOf(handlerOf().delete(state.jobId, state));
        requests = Math.max(requests, rehearsal.proxy.seen.length - before);
        rehearsal.proxy.fault = () => undefined;
        if (failure) await handlerOf().delete(state.jobId, state);
        expect(jobs()).toEqual([]);
        expect(rehearsal.account.dataPlane.files.map((file) => file.id)).toEqual([training.fileId]);
      }
      expect(requests).toBeGreaterThan(8);
    },
  );

  it("deletes what a refresh has compared before: destroy --refresh runs no program", async () => {
    const state = await submit();
    rehearsal.service.advance(120_000);
    const down = handlerOf(rehearsal.newProcess());
    const { props } = (await down.read(state.jobId, state)) as { props: FineTuningJobState };
    await down.diff(state.jobId, props, state);
    await down.delete(state.jobId, props);
    expect(jobs()).toEqual([]);
  });

  it("stops a destroy while the account serves somebody else's deployment", async () => {
    const state = await submit();
    deploy(rehearsal, "search", "gpt-4o-mini");
    await expect(handlerOf().delete(state.jobId, state)).rejects.toThrow(
      /deployments that do not belong to this stack: search\. Delete them first/,
    );
    expect(jobs()).toHaveLength(1);
  });

  it("ends with the engine in the middle of a removal: the next run may need the job", async () => {
    const state = await submit();
    const gone = rehearsal.newProcess({ stopIfOrphaned: () => Promise.reject(new Error("exit")) });
    await expect(handlerOf(gone).delete(state.jobId, state)).rejects.toThrow("exit");
    expect(jobs()).toHaveLength(1);
  });

  it("names the deployment that still serves a replaced job's model, and removes nothing", async () => {
    const state = await submit();
    rehearsal.service.advance(3_600_000);
    const { props } = (await handlerOf().read(state.jobId, state)) as { props: FineTuningJobState };
    deploy(rehearsal, "somebody-elses", props.fineTunedModel!);
    const up = handlerOf(rehearsal.newProcess());
    await up.check(state, await inputsFor({ seed: 2 }));
    const failure = await failureOf(up.delete(state.jobId, state));
    expect(failure?.message).toMatch(
      /is still deployed as somebody-elses: delete that deployment first, or keep the model with `retain`/,
    );
    expect(jobs()).toHaveLength(1);
  });

  it("keeps what this process took into use again", async () => {
    const state = await submit();
    const up = rehearsal.newProcess();
    await handlerOf(up).create(await inputsFor());
    await handlerOf(up).delete(state.jobId, state);
    expect(jobs()).toHaveLength(1);
    expect(rehearsal.lines.at(-1)).toMatch(/kept with its model: it is in use again/);
  });

  it("keeps the model when the stack says so", async () => {
    const state = await submit({ retain: { model: true } });
    await handlerOf().delete(state.jobId, state);
    expect(jobs()).toHaveLength(1);
  });
});

describe("paused", () => {
  it("from the start: the job can't be paused yet, and the next up does it", async () => {
    const inputs = await inputsFor({ paused: true });
    const { outs } = await handlerOf().create(inputs);
    expect(outs.paused).toBe(false);
    expect(rehearsal.lines.at(-1)).toMatch(/only a running job can be paused; the next `up` will pause it/);
    expect((await handlerOf().diff(outs.jobId, outs, inputs)).changes).toBe(true);
    rehearsal.service.advance(200_000);
    expect((await handlerOf().update(outs.jobId, outs, inputs)).outs).toMatchObject({
      paused: true,
      status: "pausing",
    });
  });

  it("is left as it is in a job that is found again", async () => {
    await submit();
    rehearsal.service.advance(400_000);
    jobs()[0]!.stops.push({ at: rehearsal.clock.now(), why: "paused" });
    const state = await submit();
    expect(state).toMatchObject({ status: "pausing", paused: false, pausedByStack: false });
    expect((await handlerOf().diff(state.jobId, state, await inputsFor())).changes).toBe(false);
  });

  it("pauses a running job and resumes it", async () => {
    const state = await submit();
    rehearsal.service.advance(200_000);
    const paused = await handlerOf().update(state.jobId, state, await inputsFor({ paused: true }));
    expect(paused.outs).toMatchObject({ paused: true, status: "pausing" });
    rehearsal.service.advance(60_000);
    const resumed = await handlerOf().update(state.jobId, paused.outs, await inputsFor({ paused: false }));
    expect(resumed.outs).toMatchObject({ status: "resuming", paused: false, pausedByStack: false });
    expect((await handlerOf().diff(state.jobId, resumed.outs, await inputsFor())).changes).toBe(false);
  });

  /** An `up` with these settings, as the engine runs it: update where diff says so. */
  const up = async (state: FineTuningJobState, paused: boolean): Promise<FineTuningJobState> => {
    const inputs = await inputsFor({ paused });
    const { changes } = await handlerOf().diff(state.jobId, state, inputs);
    return changes ? (await handlerOf().update(state.jobId, state, inputs)).outs : state;
  };

  it("is resumed by no run when somebody else paused the job, refreshed or not", async () => {
    const state = await submit();
    rehearsal.service.advance(200_000);
    pauseElsewhere();
    await up(await refreshed(await up(state, false)), false);
    expect(rehearsal.proxy.count("POST", /\/resume/)).toBe(0);
  });

  it("by somebody else: true, then false, is what asks for a resume", async () => {
    const state = await submit();
    rehearsal.service.advance(200_000);
    pauseElsewhere();
    const taken = await up(state, true);
    expect(taken).toMatchObject({ paused: true, pausedByStack: true, status: "paused" });
    expect((await up(await refreshed(taken), false)).status).toBe("resuming");
  });

  it("again when somebody resumed it elsewhere while the settings ask for a pause", async () => {
    const state = await submit();
    rehearsal.service.advance(200_000);
    const paused = await up(state, true);
    rehearsal.service.advance(60_000);
    jobs()[0]!.stops.at(-1)!.resumedAt = rehearsal.clock.now();
    const running = await refreshed(paused);
    expect(running).toMatchObject({ status: "running", pausedByStack: false });
    expect((await up(running, true)).status).toBe("pausing");
  });

  it("of a state that doesn't say whose pause it is: not resumed, and the record begins", async () => {
    const { pausedByStack: _, ...older } = { ...(await submit()), paused: true };
    rehearsal.service.advance(200_000);
    pauseElsewhere();
    const state = await up(await refreshed(older), false);
    expect(state).toMatchObject({ status: "paused", paused: false, pausedByStack: false });
    expect(rehearsal.lines.at(-1)).toMatch(/does not say who paused it, so it is not resumed/);
    expect(await up(await refreshed(state), false)).toMatchObject({ status: "paused" });
    expect((await up(await up(state, true), false)).status).toBe("resuming");
  });

  it("of an older state whose settings still ask for it: taken over, so that false resumes it", async () => {
    const { pausedByStack: _, ...older } = { ...(await submit()), paused: true };
    rehearsal.service.advance(200_000);
    pauseElsewhere();
    expect((await up(await up(older, true), false)).status).toBe("resuming");
  });

  it("of a run that was killed before its record: the next run with the same setting takes it over", async () => {
    const state = await submit();
    rehearsal.service.advance(200_000);
    await up(state, true);
    rehearsal.service.advance(60_000);
    const again = await up(state, true);
    expect(again).toMatchObject({ paused: true, pausedByStack: true });
    expect(rehearsal.proxy.count("POST", /\/pause/)).toBe(1);
  });

  it("says when it is too early, and tries again next time", async () => {
    rehearsal.account.dataPlane.nextJobFaults = [{ outcome: "stay-queued" }];
    const state = await submit();
    const inputs = await inputsFor({ paused: true });
    const failure = await failureOf(handlerOf().update(state.jobId, state, inputs));
    expect(failure?.reasons[0]).toMatch(/is pending and can only be paused while it runs: run the command again then/);
    const kept = failure!.properties as unknown as FineTuningJobState;
    expect((await handlerOf().diff(state.jobId, kept, inputs)).changes).toBe(true);
  });
});

describe("A, then B that fails in its wait, then A again", () => {
  it("keeps A's job through the engine's pending deletes, and pays for two jobs", async () => {
    const a = await submit({ seed: 1 });
    const b = await submit({ seed: 2 });
    const up = rehearsal.newProcess();
    const handler = handlerOf(up);
    expect((await handler.diff(b.jobId, b, await inputsFor({ seed: 1 }))).replaces).toEqual(["trainingKey"]);
    const again = (await handler.create(await inputsFor({ seed: 1 }))).outs;
    expect(again.jobId).toBe(a.jobId);
    await handler.delete(a.jobId, a);
    await handler.delete(b.jobId, b);
    expect(jobs().map((job) => job.id)).toEqual([a.jobId]);
    expect(created()).toBe(2);
    await handlerOf().delete(again.jobId, again);
    expect(jobs()).toEqual([]);
  });
});

it("finds its job behind hundreds of others: the list comes in pages", async () => {
  const mine = await submit();
  const [record] = jobs();
  for (let other = 0; other < 250; other++) {
    const id = `ftjob-${other.toString(16).padStart(32, "0")}`;
    jobs().push({ ...record!, id, suffix: "other-00000000", createdAt: record!.createdAt + 1_000 * (other + 1) });
  }
  rehearsal.service.advance(3_600_000);
  const inputs = await inputsFor();
  const before = rehearsal.proxy.count("GET", JOBS);
  expect((await handlerOf().create(inputs)).outs.jobId).toBe(mine.jobId);
  expect(created()).toBe(1);
  expect(rehearsal.proxy.count("GET", JOBS) - before).toBe(3);
});
