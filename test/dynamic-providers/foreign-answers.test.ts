import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { accountKeysHandler } from "../../dynamic-providers/account-keys/handler";
import { accountPurgeHandler } from "../../dynamic-providers/account-purge/handler";
import { chatProbeHandler } from "../../dynamic-providers/chat-probe/handler";
import type { ChatProbeState } from "../../dynamic-providers/chat-probe/schema";
import { fineTuningJobHandler } from "../../dynamic-providers/fine-tuning-job/handler";
import type { FineTuningJobInputs, FineTuningJobState } from "../../dynamic-providers/fine-tuning-job/schema";
import { trainedModelHandler } from "../../dynamic-providers/trained-model/handler";
import { trainingFileHandler } from "../../dynamic-providers/training-file/handler";
import type { TrainingFileInputs } from "../../dynamic-providers/training-file/schema";
import { chatRows, rehearse, upload, type Rehearsal } from "../support/rehearsal";
import type { Fault } from "../support/fault-proxy";

/** What gateways, portals and a service in trouble answer: well-formed HTTP that is not Azure's. */
const PAGE_404: Fault = { status: 404, body: "<html><h1>404 Not Found</h1>nginx</html>" };
const FOREIGN_404: Fault[] = [
  PAGE_404,
  { status: 404, body: "" },
  { status: 404, body: '{"message":"no Route matched with those values"}' },
  { status: 404, body: '{"error":{"code":"404","message":"Resource not found"}}' },
  { status: 410, body: "<html>Gone</html>" },
];
const FOREIGN_200: Fault[] = [
  { status: 200, body: "<html>sign in</html>" },
  { status: 200, body: "{}" },
  { status: 200, body: "null" },
  { status: 200, body: '{"error":{"code":"InternalServerError","message":"busy"}}' },
  { status: 200, body: '{"object":"list","has_more":false}' },
];

let rehearsal: Rehearsal;
let training: { fileId: string; sha256: string };
beforeEach(async () => {
  rehearsal = await rehearse({ settings: { trainingSeconds: 600 } });
  training = upload(rehearsal, "training_set-1.jsonl", chatRows(12));
});
afterEach(() => rehearsal.close());

const jobs = () => rehearsal.account.dataPlane.jobs;
const created = () => rehearsal.account.dataPlane.jobsEverCreated;
const JOBS = /\/fine_tuning\/jobs(\?|$)/;
const A_JOB = /\/fine_tuning\/jobs\/ftjob-[0-9a-f]+(\?|$)/;
const ACCOUNT = /\/accounts\/Tuning\?/;
const ALWAYS = 1_000;

const jobHandler = () => fineTuningJobHandler(rehearsal.newProcess());
async function jobInputs(stack = "test"): Promise<FineTuningJobInputs> {
  const args = {
    ...{ accountId: rehearsal.accountId, location: rehearsal.location, model: "gpt-4o-mini-2024-07-18" },
    ...{ method: "supervised", trainingType: "Standard", trainingFileId: training.fileId },
    ...{ trainingSha256: training.sha256, project: "finetune", stack, logicalName: "job" },
  };
  return (await jobHandler().check({} as FineTuningJobInputs, args as unknown as FineTuningJobInputs)).inputs;
}
const submit = async (stack?: string) => (await jobHandler().create(await jobInputs(stack))).outs;
const disturb: Rehearsal["proxy"]["disturb"] = (...args) => rehearsal.proxy.disturb(...args);
const calm = () => (rehearsal.proxy.fault = () => undefined);

describe.each(FOREIGN_404)("%j", (answer) => {
  it("once is sat out: a running job is cancelled before it is dropped", async () => {
    const state = await submit();
    disturb("GET", A_JOB, answer);
    await jobHandler().delete(state.jobId, state);
    expect(jobs()).toEqual([]);
    expect(rehearsal.lines.join("\n")).toContain(`cancelling ${state.jobId}`);
  });

  it("for long drops nothing: the job is neither read as gone nor deleted", async () => {
    const state = await submit();
    disturb("GET", A_JOB, answer, ALWAYS);
    await expect(jobHandler().read(state.jobId, state)).rejects.toThrow(rehearsal.proxy.origin);
    await expect(jobHandler().delete(state.jobId, state)).rejects.toThrow(rehearsal.proxy.origin);
    disturb("DELETE", A_JOB, answer, ALWAYS);
    await expect(jobHandler().delete(state.jobId, state)).rejects.toThrow(rehearsal.proxy.origin);
    expect(jobs()).toHaveLength(1);
  });

  it("about the account keeps everything that it holds", async () => {
    const state = await submit();
    disturb("GET", ACCOUNT, answer, ALWAYS);
    const { accountId, location } = rehearsal;
    const context = () => rehearsal.newProcess();
    const at = { accountId, location };
    const read = [
      () => jobHandler().read(state.jobId, state),
      () => jobHandler().delete(state.jobId, state),
      () => trainedModelHandler(context()).read("m", { ...at, jobId: state.jobId } as never),
      () => trainingFileHandler(context()).read("f", { ...at, fileId: training.fileId } as never),
      () => chatProbeHandler(context()).read("p", at as unknown as ChatProbeState),
    ];
    for (const ask of read) await expect(ask()).rejects.toThrow(rehearsal.proxy.origin);
  });

  it("about the keys keeps them", async () => {
    disturb("POST", /listKeys/i, answer, ALWAYS);
    const { accountId, location } = rehearsal;
    const state = { accountId, location, rotation: 0, inUse: "Key1" };
    await expect(accountKeysHandler(rehearsal.newProcess()).read("k", state as never)).rejects.toThrow(
      "Listing the keys",
    );
  });

  it("about a file keeps it", async () => {
    const state = { accountId: rehearsal.accountId, location: rehearsal.location, fileId: training.fileId };
    const handler = trainingFileHandler(rehearsal.newProcess());
    disturb("GET", /\/files\/file-/, answer, ALWAYS);
    await expect(handler.read("f", state as never)).rejects.toThrow("Looking up the file");
    disturb("DELETE", /\/files\/file-/, answer, ALWAYS);
    await expect(handler.delete("f", state as never)).rejects.toThrow("Deleting the file");
    expect(rehearsal.account.dataPlane.files).toHaveLength(1);
  });

  it("about a soft-deleted account ends no purge", async () => {
    const { resourceGroup: resourceGroupName, name: accountName, location } = rehearsal.account;
    const inputs = { subscriptionId: rehearsal.service.subscriptionId, resourceGroupName, accountName, location };
    const { id, outs } = await accountPurgeHandler(rehearsal.newProcess()).create(inputs);
    rehearsal.service.advance(3_600_000);
    await rehearsal.deleteAccount();
    disturb("GET", /deletedAccounts/i, answer, ALWAYS);
    await expect(accountPurgeHandler(rehearsal.newProcess()).delete(id, outs)).rejects.toThrow("Run destroy again");
    disturb("DELETE", /deletedAccounts/i, answer, ALWAYS);
    await expect(accountPurgeHandler(rehearsal.newProcess()).delete(id, outs)).rejects.toThrow("Run destroy again");
    calm();
    await accountPurgeHandler(rehearsal.newProcess()).delete(id, outs);
    expect(rehearsal.service.world.state.deletedAccounts).toEqual([]);
  });
});

describe.each(FOREIGN_200)("%j", (answer) => {
  it.each([1, 3])("as a list of jobs, %i times, is sat out: the first job is found", async (times) => {
    const first = await submit();
    disturb("GET", JOBS, answer, times);
    expect((await submit()).jobId).toBe(first.jobId);
    expect(created()).toBe(1);
  });

  it("as every list of jobs leads to no second job, but to an error", async () => {
    await submit();
    disturb("GET", JOBS, answer, ALWAYS);
    await expect(submit()).rejects.toThrow(`from ${rehearsal.proxy.origin}, but got`);
    expect(created()).toBe(1);
  });

  it("as the answer to the submission is a lost answer: the job is found, or submitted the second time", async () => {
    disturb("POST", JOBS, answer);
    const { jobId } = await submit();
    expect(jobs().map(({ id }) => id)).toEqual([jobId]);
  });

  it("as every answer to the submission ends without an id in the state", async () => {
    disturb("POST", JOBS, answer, ALWAYS);
    await expect(submit()).rejects.toThrow("It is unclear whether the job was submitted");
    expect(created()).toBe(0);
  });

  it("as a job is no job: nothing is cancelled, read or dropped by it", async () => {
    const state = await submit();
    disturb("GET", A_JOB, answer, ALWAYS);
    await expect(jobHandler().read(state.jobId, state)).rejects.toThrow("Expected ");
    await expect(jobHandler().delete(state.jobId, state)).rejects.toThrow("Expected ");
    disturb("DELETE", A_JOB, answer, ALWAYS);
    await expect(jobHandler().delete(state.jobId, state)).rejects.toThrow("Expected ");
    expect(jobs()).toHaveLength(1);
  });

  it("as a list of models or deployments proves no model lost", async () => {
    const state = await submit();
    jobs().length = 0;
    disturb("GET", /\/models(\?|$)/, answer, ALWAYS);
    await expect(jobHandler().read(state.jobId, state)).rejects.toThrow("a list of models");
    disturb("GET", /\/deployments\?/, answer, ALWAYS);
    await expect(jobHandler().read(state.jobId, state)).rejects.toThrow("a list of deployments");
  });

  it("as a list of files leads to no second file", async () => {
    const file = rehearsal.file("training_set.jsonl", chatRows(14));
    const { accountId, location } = rehearsal;
    const handler = () => trainingFileHandler(rehearsal.newProcess());
    const args = { accountId, location, ...file, purpose: "fine-tune" } as TrainingFileInputs;
    const { inputs } = await handler().check({} as TrainingFileInputs, args);
    const first = await handler().create(inputs);
    disturb("GET", /\/files(\?|$)/, answer, 3);
    expect((await handler().create(inputs)).outs.fileId).toBe(first.outs.fileId);
    disturb("POST", /\/files(\?|$)/, answer);
    rehearsal.account.dataPlane.files.length = 0;
    const { outs } = await handler().create(inputs);
    expect(rehearsal.account.dataPlane.files.map(({ id }) => id)).toEqual([outs.fileId]);
  });

  it("as a soft-deleted account purges nothing", async () => {
    const { resourceGroup: resourceGroupName, name: accountName, location } = rehearsal.account;
    const inputs = { subscriptionId: rehearsal.service.subscriptionId, resourceGroupName, accountName, location };
    const handler = () => accountPurgeHandler(rehearsal.newProcess());
    const { id, outs } = await handler().create(inputs);
    disturb("GET", /deletedAccounts/i, answer, ALWAYS);
    await expect(handler().delete(id, outs)).rejects.toThrow("Run destroy again");
    expect(rehearsal.proxy.count("DELETE", /deletedAccounts/i)).toBe(0);
    await expect(handler().create(inputs)).rejects.toThrow("Expected ");
  });

  it("as keys hands out no empty keys", async () => {
    disturb("POST", /listKeys/i, answer, ALWAYS);
    const { accountId, location } = rehearsal;
    const handler = accountKeysHandler(rehearsal.newProcess());
    await expect(handler.create({ accountId, location, rotation: 0 })).rejects.toThrow("two keys");
  });
});

it("takes the answer about another job for no answer", async () => {
  const state = await submit();
  const other = JSON.stringify({ id: "ftjob-0", model: "m", status: "cancelled", created_at: 1 });
  disturb("GET", A_JOB, { status: 200, body: other }, ALWAYS);
  await expect(jobHandler().delete(state.jobId, state)).rejects.toThrow("one with a different id");
  expect(jobs()).toHaveLength(1);
});

it("takes a job on other data for no answer to the submission", async () => {
  const job = { model: "gpt-4o-mini-2024-07-18", training_file: "file-0", status: "succeeded", created_at: 1 };
  const other = { id: "ftjob-0", ...job, fine_tuned_model: "m.ft-0" };
  disturb("POST", JOBS, { status: 200, body: JSON.stringify(other) });
  const { jobId } = await submit();
  expect(jobs().map(({ id }) => id)).toEqual([jobId]);
  expect(created()).toBe(1);
});

it("never pays twice for anything that comes in place of a list of jobs", async () => {
  const first = await submit();
  const body = fc.oneof(
    fc.string(),
    fc.json().filter((text) => !Array.isArray((JSON.parse(text) as { data?: unknown } | null)?.data)),
    fc.record({ data: fc.array(fc.jsonValue(), { minLength: 1, maxLength: 3 }) }).map((page) => JSON.stringify(page)),
  );
  await fc.assert(
    fc.asyncProperty(body, fc.integer({ min: 1, max: 8 }), async (text, times) => {
      disturb("GET", JOBS, { status: 200, body: text }, times);
      const again = await submit().catch(() => undefined);
      expect(again?.jobId ?? first.jobId).toBe(first.jobId);
      expect(created()).toBe(1);
    }),
    { numRuns: 40 },
  );
});

it("keeps what the state knows of a job while every request is answered by somebody else", async () => {
  const state: FineTuningJobState = await submit();
  rehearsal.proxy.fault = ({ path }) =>
    path.includes("/fine_tuning/") || path.includes("/accounts/") ? PAGE_404 : undefined;
  await expect(jobHandler().read(state.jobId, state)).rejects.toThrow(rehearsal.proxy.origin);
  calm();
  expect(await jobHandler().read(state.jobId, state)).toMatchObject({ id: state.jobId, props: { record: "present" } });
});
