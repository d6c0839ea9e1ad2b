import { afterEach, describe, expect, it, jest } from "@jest/globals";
import type { PartialFailure } from "../../../dynamic-providers/runtime/partial-failure";
import { validationLoss } from "../../../dynamic-providers/trained-model/evaluation";
import { trainedModelHandler } from "../../../dynamic-providers/trained-model/handler";
import type {
  TrainedModelInputs,
  TrainedModelState,
  TrainingOfModel,
} from "../../../dynamic-providers/trained-model/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import type { JobFault } from "local-azure/world/state";
import { chatRows, deploy, rehearse, submitJob, upload, type Rehearsal } from "../../support/rehearsal";

let rehearsal: Rehearsal;
afterEach(() => rehearsal.close());

async function start(trainingSeconds: number, fault?: JobFault, tokenSeconds = 3599): Promise<TrainedModelInputs> {
  rehearsal = await rehearse({ settings: { trainingSeconds, tokenSeconds } });
  if (fault) rehearsal.account.dataPlane.nextJobFaults = [fault];
  const training = upload(rehearsal, "training.jsonl", chatRows(60));
  const validation = upload(rehearsal, "validation.jsonl", chatRows(15));
  const jobId = await submitJob(rehearsal, training.fileId, validation.fileId);
  const { accountId, location } = rehearsal;
  return { accountId, location, jobId, waitMinutes: 720, wait: true, checkpoint: "last", trainingExamples: 60 };
}

const trainingOf = (more: Partial<TrainingOfModel> = {}): TrainingOfModel => ({
  ...{ model: "gpt-4o-mini-2024-07-18", method: "supervised", trainingType: "Standard" },
  ...{ epochs: 1, tokens: 1_000_000, examples: 60, ...more },
});
const run = async (inputs: TrainedModelInputs) => (await handlerOf().create(inputs)).outs;
const handlerOf = (process = rehearsal.newProcess()) => trainedModelHandler(process);
const job = () => rehearsal.account.dataPlane.jobs[0]!;
const failureOf = (task: Promise<unknown>) =>
  task.then(
    () => {
      throw new Error("It should have failed.");
    },
    (error: unknown) => error as PartialFailure,
  );
/** How late the end was noticed, ms. */
const lateness = (state: TrainedModelState) => rehearsal.clock.now() - state.finishedAt! * 1000;
const polls = () => rehearsal.proxy.count("GET", /\/fine_tuning\/jobs\/ftjob-/);

describe("a job of ten hours", () => {
  it("is waited for through expired tokens, bursts of 429 and cuts of the network, with few looks", async () => {
    const inputs = await start(36_000, undefined, 3_600);
    const cuts = [3_000, 12_000, 30_000].map((seconds) => rehearsal.clock.now() + seconds * 1000);
    const bursts = [1_000, 20_000].map((seconds) => rehearsal.clock.now() + seconds * 1000);
    const within = (starts: number[], ms: number) => {
      const now = rehearsal.clock.now();
      return starts.some((at) => now >= at && now < at + ms);
    };
    rehearsal.proxy.fault = () => {
      if (within(cuts, 300_000)) return "cut before";
      return within(bursts, 60_000) ? { status: 429, headers: { "retry-after": "10" } } : undefined;
    };
    const { outs } = await handlerOf().create(inputs);
    expect(outs.status).toBe("succeeded");
    expect(polls()).toBeLessThan(2_500);
    expect(lateness(outs)).toBeLessThanOrEqual(10_000);
    expect(rehearsal.lines.join("\n")).toMatch(/The job continues; still waiting\.[^]*the service is responding again/);
    expect(rehearsal.lines.length).toBeLessThan(400);
  });
});

describe("a short job", () => {
  it.each([5, 10, 60, 150])("of %d s: its end is noticed within two seconds", async (seconds) => {
    const outs = await run(await start(seconds));
    expect(lateness(outs)).toBeLessThanOrEqual(2_000);
  });

  it("tells how to leave, what happens, and how far it is", async () => {
    const inputs = await start(600);
    await handlerOf().create(inputs);
    expect(rehearsal.lines[0]).toBe(
      `waiting up to 12 h for ${inputs.jobId} · Ctrl-C twice is safe: the job continues, and the next \`pulumi up\` waits for it`,
    );
    const text = rehearsal.lines.join("\n");
    expect(text).toMatch(/^\d+% · \d+ \w+ left · step \d+\/180 · loss \d\.\d+ · \S+ · running \d+ \w+$/m);
    expect(text).toMatch(/Training started\./);
    expect(text).not.toMatch(/Answer \d|Question \d/);
    expect(text).toMatch(/^\[trained-model\] succeeded: gpt-4o-mini-2024-07-18\.ft-/m);
  });
});

describe("a wait that ends before the job", () => {
  it("at the deadline keeps what is known, and the next up goes on", async () => {
    const inputs = { ...(await start(3_600)), waitMinutes: 10, __provider: "text" };
    const failure = await failureOf(handlerOf().create(inputs));
    expect(failure.reasons).toEqual([
      `${inputs.jobId} is still running after 10 minutes (training.waitMinutes). The job is still running: run \`pulumi up\` again to keep waiting.`,
    ]);
    expect(failure.properties).toMatchObject({ __provider: "text", status: "running", jobId: inputs.jobId });
    expect(failure.properties).not.toHaveProperty("fineTunedModel");
    const state = failure.properties as unknown as TrainedModelState;
    expect(await handlerOf().diff(failure.id, state, inputs)).toEqual({ changes: true, replaces: [] });
    const { outs } = await handlerOf().update(failure.id, state, { ...inputs, waitMinutes: 120 });
    expect(outs.status).toBe("succeeded");
  });

  it("at once when nobody wants to wait", async () => {
    const inputs = { ...(await start(3_600)), wait: false };
    const failure = await failureOf(handlerOf().create(inputs));
    expect(failure.message).toBe(`submitted ${inputs.jobId}; run again to continue`);
    rehearsal.service.advance(4_000_000);
    expect((await handlerOf().update("", failure.properties as never, inputs)).outs.status).toBe("succeeded");
  });

  it("when the job is paused", async () => {
    const inputs = await start(3_600);
    rehearsal.service.advance(1_000_000);
    job().stops.push({ at: rehearsal.clock.now(), why: "paused" });
    const failure = await failureOf(handlerOf().create(inputs));
    expect(failure.message).toMatch(/is paused, and this stack has no record of pausing it/);
    expect(failure.properties).toMatchObject({ status: "paused" });
    // Nor is that a submission that goes on without help.
    expect((await failureOf(handlerOf().create({ ...inputs, wait: false }))).message).toMatch(/is paused/);
    expect((await failureOf(handlerOf().create({ ...inputs, paused: true }))).message).toMatch(
      /is paused\. Set `training\.paused` to false/,
    );
  });

  it.each<[string, Partial<TrainingOfModel>, RegExp]>([
    ["by tokens", {}, /the whole job is estimated at \$3\.30/],
    [
      "by the hour",
      { model: "o4-mini-2025-04-16", method: "reinforcement" },
      /or by Azure itself, which pauses a reinforcement job at its spending limit of \$5,000\. .*billed \$110 an hour.* no further limit\. To resume it, set `training\.paused` to true/,
    ],
    ["of a model without a price", { model: "gpt-9" }, /the rest of the training is billed\. To resume it/],
    ["with a catalog file that can't be read", { catalogFile: "nowhere.json" }, /estimated at \$3\.30/],
  ])("when the job is paused, with what resuming costs: %s", async (_name, more, sentence) => {
    const inputs = { ...(await start(3_600)), run: trainingOf(more) };
    rehearsal.service.advance(1_000_000);
    job().stops.push({ at: rehearsal.clock.now(), why: "limit" });
    rehearsal.service.advance(100_000);
    expect((await failureOf(handlerOf().create(inputs))).message).toMatch(sentence);
  });

  it("not when a Developer job was preempted: it is waited for, never resumed", async () => {
    const inputs = { ...(await start(3_600)), run: trainingOf({ trainingType: "Developer" }) };
    rehearsal.service.advance(1_000_000);
    job().stops.push({ at: rehearsal.clock.now(), resumedAt: rehearsal.clock.now() + 7_200_000, why: "preempted" });
    expect((await failureOf(handlerOf().create({ ...inputs, wait: false }))).message).toMatch(/^submitted ftjob/);
    const short = await failureOf(handlerOf().create({ ...inputs, waitMinutes: 5 }));
    expect(short.message).toMatch(/is still paused after 5 minutes .*If Azure preempted it, it resumes automatically/);
    const { outs } = await handlerOf().create(inputs);
    expect(outs.status).toBe("succeeded");
    expect(rehearsal.lines.join("\n")).toMatch(/Azure can preempt Developer jobs; this one resumes automatically/);
    expect(rehearsal.proxy.count("POST", /\/resume/)).toBe(0);
  });

  it("when a Developer job is paused by the settings", async () => {
    const run = trainingOf({ trainingType: "developerTier" });
    const inputs = { ...(await start(3_600)), run, paused: true };
    rehearsal.service.advance(1_000_000);
    job().stops.push({ at: rehearsal.clock.now(), why: "paused" });
    expect((await failureOf(handlerOf().create(inputs))).message).toMatch(
      /is paused\. Set `training\.paused` to false/,
    );
  });

  it("ends the process when the engine is gone", async () => {
    const inputs = await start(3_600);
    let looks = 0;
    const process = rehearsal.newProcess({
      stopIfOrphaned: () => (++looks > 5 ? Promise.reject(new Error("exit")) : Promise.resolve()),
    });
    expect((await failureOf(handlerOf(process).create(inputs))).message).toBe("exit");
    expect(looks).toBe(6);
  });
});

describe("a job that ends badly", () => {
  it.each<[string, JobFault, RegExp]>([
    [
      "fails its validation",
      { outcome: "fail-validation" },
      /^ftjob-\w+ failed: .+ Its events do not say whether anything was billed\. Azure rejected the content of the dataset .+ `training\.retry` won't help with the same data/,
    ],
    ["fails in training", { outcome: "fail-training" }, /^ftjob-\w+ failed: /],
  ])("%s: the service's words, and the way out", async (_name, fault, sentence) => {
    const failure = await failureOf(run(await start(60, fault)));
    expect(failure.reasons[0]).toMatch(sentence);
    expect(failure.properties).toMatchObject({ status: "failed" });
  });

  it("fails in postprocessing: nothing was billed, and the same training may be submitted again", async () => {
    const inputs = await start(600, { outcome: "fail-postprocessing" });
    const failure = await failureOf(run(inputs));
    expect(failure.reasons).toEqual([
      `${inputs.jobId} failed: Fine tune failed during postprocessing (internalFailure). Nothing was billed for it (its events report 0 billed tokens). The service failed after the training; the data is not the cause: raise \`training.retry\` and run \`pulumi up\` to submit the same training again.`,
    ]);
    // The event that the training succeeded was no end.
    expect(rehearsal.lines.join("\n")).toMatch(
      /Job succeeded\. \(this refers to the training; the service still evaluates [^]* running \d+ min[^]*^failed \d+ min/m,
    );
  });

  it("is cancelled elsewhere", async () => {
    const inputs = await start(600);
    job().cancelledAt = rehearsal.clock.now() + 60_000;
    rehearsal.service.advance(60_000);
    expect((await failureOf(handlerOf().create(inputs))).message).toMatch(
      / was cancelled\. .+ To train again, change the data/,
    );
  });

  it("is deleted elsewhere", async () => {
    const inputs = await start(600);
    rehearsal.account.dataPlane.jobs.length = 0;
    const failure = await failureOf(handlerOf().create(inputs));
    expect(failure.message).toMatch(/Looking up the job ftjob-\w+ failed/);
    expect(failure.properties).toMatchObject({ jobId: inputs.jobId });
  });
});

describe("the choice of what is deployed", () => {
  it("reads figures and checkpoints", async () => {
    const outs = await run(await start(60));
    expect(outs.steps).toBe(180);
    expect(outs.checkpoints.map(({ step }) => step)).toEqual([60, 120, 180]);
    expect(outs.trainingLoss!.first).toBeGreaterThan(outs.trainingLoss!.last);
    expect(outs.validationLoss).toMatchObject({ best: expect.any(Number), bestStep: expect.any(Number) });
    expect(outs.best!.step).toBe(outs.validationLoss!.bestStep);
    expect(outs.billedTokens! % 1000).toBe(0);
    expect(outs.billedTokens).toBeLessThan(outs.trainedTokens! * 3);
    expect(outs.resultFileId).toMatch(/^file-/);
    expect(JSON.parse(JSON.stringify(outs))).toEqual(outs);
  });

  it("takes the checkpoint of a step, and names those that there are", async () => {
    const inputs = await start(60);
    const { outs } = await handlerOf().create({ ...inputs, checkpoint: 120 });
    expect(outs.fineTunedModel).toMatch(/:ckpt-step-120$/);
    const failure = await failureOf(handlerOf().create({ ...inputs, checkpoint: 7 }));
    expect(failure.message).toMatch(
      /deploy.checkpoint is 7, but the job has no checkpoint at that step; it has: 60, 120, 180/,
    );
  });

  it("stops at the gate with the numbers, and passes when it is opened", async () => {
    const inputs = { ...(await start(60)), gate: { maxValidationLoss: 0.0001, minTokenAccuracy: 0.9999 } };
    const failure = await failureOf(handlerOf().create(inputs));
    expect(failure.message).toMatch(
      /does not pass `deploy\.gate`: its validation loss is [\d.]+, above maxValidationLoss 0.0001; its token accuracy is [\d.]+, below/,
    );
    const state = failure.properties as unknown as TrainedModelState;
    const open = { ...inputs, gate: { maxValidationLoss: 100 } };
    expect((await handlerOf().diff("", state, open)).changes).toBe(true);
    expect((await handlerOf().update("", state, open)).outs.fineTunedModel).toMatch(/\.ft-/);
  });

  it("lets an `up` go on where `deploy.version` names another version, stops without it, and is not refused once the gate is open", async () => {
    const inputs = { ...(await start(60)), trainingKey: "k", gate: { maxValidationLoss: 0.0001 } };
    const failure = await failureOf(handlerOf().create(inputs));
    const state = failure.properties as unknown as TrainedModelState;
    const pinned = { ...inputs, pinned: true };
    expect(await handlerOf().diff("", state, pinned)).toEqual({ changes: true, replaces: [] });
    const process = rehearsal.newProcess();
    const { outs } = await trainedModelHandler(process).update("", state, pinned);
    expect(outs.fineTunedModel).toMatch(/\.ft-/);
    const why = /^`deploy\.gate` refused it: its validation loss is [\d.]+, above maxValidationLoss/;
    expect(process.register.refusalOf("k")).toMatch(why);
    // What the register of versions hears in a preview.
    const preview = async (news: typeof inputs) => {
      const previewed = rehearsal.newProcess();
      const handler = handlerOf(previewed);
      await handler.check(outs, news);
      return { ...(await handler.diff("", outs, news)), refusal: previewed.register.refusalOf("k") };
    };
    const same = { changes: false, replaces: [] };
    expect(await preview(pinned)).toEqual({ ...same, refusal: expect.stringMatching(why) });
    await expect(preview(inputs)).rejects.toThrow(/does not pass `deploy\.gate`/);
    expect(await preview({ ...pinned, gate: { maxValidationLoss: 100 } })).toEqual({ ...same, refusal: "" });
  });

  it("keeps what it serves behind a gate that was closed later, without asking the service, and opens again", async () => {
    const inputs = await start(60);
    const { outs } = await handlerOf().create({ ...inputs, checkpoint: 120 });
    // By now the job's record may be gone: its model and its figures don't change any more.
    rehearsal.account.dataPlane.jobs[0]!.forgotten = true;
    const before = rehearsal.proxy.seen.length;
    const closed = { ...inputs, gate: { maxValidationLoss: 0.0001 } };
    const failure = await failureOf(handlerOf().update("", outs, closed));
    expect(failure.message).toMatch(
      /does not pass `deploy\.gate`: .*\. The current deployment stays in service\. .*\(no charge\)/,
    );
    const state = failure.properties as unknown as TrainedModelState;
    expect(state).toMatchObject({ fineTunedModel: outs.fineTunedModel, steps: 180, gate: closed.gate });
    expect(await handlerOf().diff("", state, closed)).toEqual({ changes: true, replaces: [] });
    const opened = (await handlerOf().update("", state, inputs)).outs;
    expect(opened.fineTunedModel).toBe(outs.fineTunedModel.replace(":ckpt-step-120", ""));
    expect(opened).not.toHaveProperty("candidate");
    expect(opened).not.toHaveProperty("gate");
    expect(await handlerOf().diff("", opened, inputs)).toEqual({ changes: false, replaces: [] });
    expect(rehearsal.proxy.seen.length).toBe(before);
  });

  it("takes the bill from the event, past one answer that is lost, and keeps the model without it", async () => {
    const inputs = await start(60);
    rehearsal.service.advance(100_000);
    const { outs } = await handlerOf().create(inputs);
    const event = rehearsal.lines.at(-1);
    expect(event).toMatch(new RegExp(`${outs.billedTokens!.toLocaleString("en-US")} tokens billed$`));
    rehearsal.proxy.disturb("GET", /\/events/, { status: 403, code: "Forbidden" });
    expect((await handlerOf().create(inputs)).outs.billedTokens).toBe(outs.billedTokens);
    rehearsal.proxy.fault = (request) =>
      /\/events/.test(request.path) ? { status: 403, code: "Forbidden" } : undefined;
    const without = (await handlerOf().create(inputs)).outs;
    expect([without.billedTokens, without.fineTunedModel]).toEqual([null, outs.fineTunedModel]);
    expect(rehearsal.lines.at(-1)).toMatch(/billed tokens unknown \(none of the job's events report them\)$/);
  });

  it("goes without figures when the result file is gone", async () => {
    const inputs = await start(60);
    rehearsal.service.advance(100_000);
    rehearsal.proxy.disturb("GET", /\/content/, { status: 404, code: "notFound" });
    const { outs } = await handlerOf().create(inputs);
    expect(outs).toMatchObject({
      final: null,
      trainingLoss: null,
      warnings: [expect.stringMatching(/could not be read/)],
    });
  });
});

/** The handler at a preview in which the job's own comparison came first, as it does in the engine's order. */
function previewOf(jobId: string) {
  const process = rehearsal.newProcess();
  process.plan.job("marker", "price", { does: "keep", jobId });
  return handlerOf(process);
}

describe("a preview of a job that stays", () => {
  it("says that up only waits; a refresh says nothing", async () => {
    const inputs = { ...(await start(3_600)), wait: false };
    const failure = await failureOf(handlerOf().create(inputs));
    const state = failure.properties as unknown as TrainedModelState;
    const preview = previewOf(inputs.jobId);
    await preview.diff("", state, { ...inputs, wait: true });
    expect(rehearsal.lines).toEqual([]);
    await preview.check(state, inputs);
    await preview.diff("", state, { ...inputs, wait: true });
    expect(rehearsal.lines).toEqual([
      `[plan] Trains nothing new: ${inputs.jobId} was pending when last seen; up only waits for it to end`,
    ]);
  });

  it("says that its model stays", async () => {
    const inputs = await start(10);
    const state = { ...inputs, stateVersion: 1, status: "succeeded", fineTunedModel: "m" } as TrainedModelState;
    const preview = previewOf(inputs.jobId);
    await preview.check(state, inputs);
    await preview.diff("", state, inputs);
    expect(rehearsal.lines).toEqual([`[plan] Trains nothing: the model of ${inputs.jobId} is already trained`]);
  });

  it("says that up waits for it, where an up was interrupted before it did", async () => {
    const inputs = await start(10);
    await previewOf(inputs.jobId).check(undefined, inputs);
    expect(rehearsal.lines).toEqual([`[plan] Trains nothing new: up waits for ${inputs.jobId}`]);
  });

  it("says that its model is trained, where it has succeeded by then", async () => {
    const inputs = await start(10);
    rehearsal.service.advance(100_000);
    const process = rehearsal.newProcess();
    process.plan.job("marker", "price", { does: "keep", jobId: inputs.jobId });
    process.plan.jobThere(inputs.jobId);
    await handlerOf(process).check(undefined, inputs);
    expect(rehearsal.lines).toEqual([`[plan] Trains nothing: the model of ${inputs.jobId} is already trained`]);
  });

  it("says nothing of a job that this run has submitted: that was told before", async () => {
    const inputs = await start(10);
    await handlerOf().check(undefined, inputs);
    expect(rehearsal.lines).toEqual([]);
  });
});

describe("a preview of a paused job", () => {
  it.each<[string, Partial<TrainedModelInputs>, Partial<TrainedModelState>, RegExp]>([
    ["says that up doesn't resume it", {}, {}, /was paused when last seen; up does not resume it/],
    ["that the settings pause", { paused: true }, { paused: true }, /does not resume it/],
    ["that the settings resume: up waits", {}, { paused: true }, /only waits/],
    ["that was preempted: up waits", { run: trainingOf({ trainingType: "Developer" }) }, {}, /only waits/],
  ])("%s", async (_name, news, olds, line) => {
    const inputs = { ...(await start(10)), ...news };
    const state = { ...inputs, paused: false, stateVersion: 1, status: "paused", ...olds } as TrainedModelState;
    const preview = previewOf(inputs.jobId);
    await preview.check(state, inputs);
    await preview.diff("", state, inputs);
    expect(rehearsal.lines[0]).toMatch(line);
  });
});

describe("diff", () => {
  it.each<[string, Partial<TrainedModelInputs>, boolean, string[]]>([
    ["nothing", {}, false, []],
    ["how long to wait", { waitMinutes: 5, wait: false }, false, []],
    ["another job", { jobId: "ftjob-2" }, true, ["jobId"]],
    ["an unknown job of another training", { jobId: UNKNOWN, trainingKey: "other" }, true, ["jobId"]],
    ["an unknown job of an unknown training", { jobId: UNKNOWN, trainingKey: UNKNOWN }, true, ["jobId"]],
    ["a job that is only updated", { jobId: UNKNOWN }, false, []],
    ["the adoption of another job", { jobId: UNKNOWN, existingJobId: "ftjob-2" }, true, ["jobId"]],
    ["a job id that is known to be the same", { existingJobId: "ftjob-2" }, false, []],
    ["a raised retry of a job that stays", { retry: 1 }, false, []],
    ["a raised retry of a job that is lost", { retry: 1, jobId: UNKNOWN }, true, []],
    ["another account", { accountId: UNKNOWN }, true, ["accountId"]],
  ])("%s", async (_name, more, changes, replaces) => {
    const inputs = { ...(await start(10)), trainingKey: "key" };
    const state = { ...inputs, stateVersion: 1, status: "succeeded", fineTunedModel: "m" } as TrainedModelState;
    expect(await handlerOf().diff("", state, { ...inputs, ...more })).toEqual({ changes, replaces });
  });
});

it.each<[string, Partial<TrainedModelInputs>, string[]]>([
  ["raised: its job is replaced", { retry: 1 }, ["jobId"]],
  ["not raised: it is looked at again", {}, []],
])("the retry of a job that failed, %s", async (_name, more, replaces) => {
  const inputs = { ...(await start(10)), trainingKey: "key" };
  const state = { ...inputs, stateVersion: 1, status: "failed" } as unknown as TrainedModelState;
  const news = { ...inputs, jobId: UNKNOWN, ...more };
  expect(await handlerOf().diff("", state, news)).toEqual({ changes: true, replaces });
});

it("a preview says that up does not wait where training.wait is false", async () => {
  const inputs = { ...(await start(10)), wait: false };
  const state = { ...inputs, stateVersion: 1, status: "running" } as unknown as TrainedModelState;
  const process = rehearsal.newProcess();
  process.liveIds.sawProgram();
  process.plan.job("marker", "price", { does: "keep", jobId: inputs.jobId });
  await handlerOf(process).diff("", state, inputs);
  expect(rehearsal.lines).toEqual([
    `[plan] Trains nothing new: ${inputs.jobId} was running when last seen; up stops if it is still running, since training.wait is false`,
  ]);
});

it.each([
  ["succeeded", "finished with status succeeded; its model isn't deployed yet"],
  ["failed", "finished with status failed, so it produced no model, and up will stop with an error"],
  ["cancelled", "finished with status cancelled, so it produced no model, and up will stop with an error"],
])("a preview says of a job that %s what up does", async (status, words) => {
  const inputs = await start(10);
  const process = rehearsal.newProcess();
  process.liveIds.sawProgram();
  process.plan.job("marker", "price", { does: "keep", jobId: inputs.jobId });
  await handlerOf(process).diff("", { ...inputs, stateVersion: 1, status } as unknown as TrainedModelState, inputs);
  expect(rehearsal.lines).toEqual([`[plan] Trains nothing new: ${inputs.jobId} ${words}`]);
});

describe("check of a model that is to be created", () => {
  async function checked(settings: Partial<TrainedModelInputs>, there = true) {
    const inputs = { ...(await start(60)), ...settings };
    rehearsal.service.advance(100_000);
    const process = rehearsal.newProcess();
    rehearsal.proxy.seen.length = 0;
    if (there) process.plan.jobThere(inputs.jobId);
    const handler = handlerOf(process);
    return { handler, inputs, result: await handler.check({} as TrainedModelInputs, inputs) };
  }

  it("names the model of a job that was there before, so that a preview knows what is deployed", async () => {
    const { handler, result } = await checked({ checkpoint: 120 });
    expect(result.failures).toEqual([]);
    expect(result.inputs.fineTunedModel).toMatch(/:ckpt-step-120$/);
    expect((await handler.create(result.inputs)).outs.fineTunedModel).toBe(result.inputs.fineTunedModel);
    expect(rehearsal.proxy.seen.filter(({ method, path }) => method !== "GET" && !/token/.test(path))).toEqual([]);
  });

  it("stops at the gate that this model can't pass, with the figures", async () => {
    const { result } = await checked({ gate: { maxValidationLoss: 0.001 } });
    expect(result.failures).toEqual([
      { property: "gate", reason: expect.stringMatching(/does not pass `deploy\.gate`: its validation loss is/) },
    ]);
  });

  it("asks nothing of a job that this run has submitted: a preview could not", async () => {
    const { inputs, result } = await checked({}, false);
    expect(result).toEqual({ inputs, failures: [] });
    expect(polls()).toBe(0);
  });

  it("names no model of a job that runs, and none where it can't be read", async () => {
    const inputs = await start(36_000);
    const process = rehearsal.newProcess();
    process.plan.jobThere(inputs.jobId);
    expect(await handlerOf(process).check({} as TrainedModelInputs, inputs)).toEqual({ inputs, failures: [] });
    rehearsal.proxy.fault = () => ({ status: 403 });
    expect(await handlerOf(process).check({} as TrainedModelInputs, inputs)).toEqual({ inputs, failures: [] });
  });

  it("a create that fails after it leaves no model in the state", async () => {
    const { handler, result } = await checked({});
    rehearsal.proxy.fault = () => ({ status: 403 });
    const failure = await failureOf(handler.create(result.inputs));
    expect(failure.properties).not.toHaveProperty("fineTunedModel");
  });
});

describe("diff of what is known already", () => {
  async function previewWith(settings: Partial<TrainedModelInputs>, before: Partial<TrainedModelInputs> = {}) {
    const inputs = { ...(await start(10)), ...before };
    const state = await run(inputs);
    const preview = handlerOf();
    const news = { ...inputs, gate: undefined, ...settings };
    await preview.check(state, news);
    return { state, diff: preview.diff("", state, news) };
  }

  it.each<[string, Partial<TrainedModelInputs>, Partial<TrainedModelInputs>]>([
    ["a gate that the model passes", { gate: { maxValidationLoss: 1_000 } }, {}],
    ["a gate that is removed", {}, { gate: { maxValidationLoss: 1_000 } }],
    ["a gate that is widened", { gate: { minTokenAccuracy: 0 } }, { gate: { maxValidationLoss: 1_000 } }],
  ])("%s changes nothing", async (_name, settings, before) => {
    const { diff } = await previewWith(settings, before);
    expect(await diff).toEqual({ changes: false, replaces: [] });
  });

  it("a gate that the model can't pass stops the preview, with the figures", async () => {
    const { state, diff } = await previewWith({ gate: { maxValidationLoss: 0.001 } });
    await expect(diff).rejects.toThrow(
      `${state.fineTunedModel} does not pass \`deploy.gate\`: its validation loss is ${validationLoss(state.final!)!.toPrecision(4)}, above maxValidationLoss 0.001.`,
    );
  });

  it("another checkpoint is a change where it is another model, and none where it is the same one", async () => {
    const { state, diff } = await previewWith({ checkpoint: "best" });
    const other = state.best!.step !== state.final!.step;
    expect(await diff).toEqual({ changes: other, replaces: [] });
    const earlier = state.checkpoints[0]!.step;
    const preview = handlerOf();
    const news = { ...state, checkpoint: earlier } as TrainedModelInputs;
    await preview.check(state, news);
    expect(await preview.diff("", state, news)).toEqual({ changes: true, replaces: [] });
  });

  it("a refresh, which plans nothing, is not stopped by a gate", async () => {
    const inputs = await start(10);
    const state = await run(inputs);
    const news = { ...inputs, gate: { maxValidationLoss: 0.001 } };
    expect(await handlerOf().diff("", state, news)).toEqual({ changes: false, replaces: [] });
  });
});

describe("delete", () => {
  it("stops a destroy while somebody else's deployment is served", async () => {
    const outs = await run(await start(10));
    deploy(rehearsal, "search", "gpt-4o-mini");
    await expect(handlerOf().delete(outs.jobId, outs)).rejects.toThrow(
      /The account Tuning still has deployments that do not belong to this stack: search\. Delete them first, then run destroy again:\n {2}az cognitiveservices account deployment delete --subscription \S+ -g \S+ -n Tuning --deployment-name search$/,
    );
    rehearsal.account.deployments.length = 0;
    await handlerOf().delete(outs.jobId, outs);
  });

  it("waits for a deployment of the stack that the destroy is deleting", async () => {
    const outs = await run(await start(10));
    deploy(rehearsal, "critic", "gpt-4o-mini");
    const destroy = rehearsal.newProcess();
    const sleep = jest.fn((milliseconds: number) => {
      rehearsal.account.deployments.length = 0;
      return rehearsal.clock.sleep(milliseconds);
    });
    destroy.clock = { ...rehearsal.clock, now: () => rehearsal.clock.now(), sleep };
    await expect(handlerOf(destroy).delete(outs.jobId, outs)).resolves.toBeUndefined();
    expect(sleep).toHaveBeenCalledTimes(1);
  });

  it("lets a replacement go on", async () => {
    const inputs = await start(10);
    const up = handlerOf(rehearsal.newProcess());
    const { outs } = await up.create(inputs);
    deploy(rehearsal, "search", "gpt-4o-mini");
    await up.check({} as TrainedModelInputs, inputs);
    await expect(up.delete(outs.jobId, outs)).resolves.toBeUndefined();
  });

  it("takes an account that is gone for gone", async () => {
    const outs = await run(await start(10));
    await rehearsal.deleteAccount();
    expect(await handlerOf().read(outs.jobId, outs)).toEqual({});
    await handlerOf().delete(outs.jobId, outs);
  });
});
