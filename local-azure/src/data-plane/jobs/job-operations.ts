import { existsSync, writeFileSync } from "node:fs";
import { param } from "../../http/request";
import type { JobRecord } from "../../world/state";
import { conflict, notFound, unexpectedState } from "../api/errors";
import { blobPath, removeBlobs } from "../../storage/blobs";
import { pageOf } from "../api/list-page";
import { created, type Call, type Endpoint } from "../api/call";
import { trainingBlob, trainingResult, type TrainingResult } from "../training/training-run";
import { checkpointsOf } from "./checkpoints";
import { isTerminal, phaseAt, resumeTime, stepsDone } from "../../course/job-course";
import { checkpointCopies, copyCheckpoint } from "./copy-checkpoint";
import { createJob } from "./create-job";
import { eventsOf } from "./events";
import { jobView } from "./job-view";
import { resultsCsv } from "../training/result-file";
import { settleJobs } from "../../course/schedule";
import { totalSteps, tunedModelName } from "../../models/tuned-model";

/** Pause and resume came with the versions of 2025. */
const since2025 = { since: "2025-01-01" };

const ofCopies = { path: "/fine_tuning/jobs/:job/checkpoints/:checkpoint/copy", only: "v1" } as const;

export const jobOperations: Endpoint[] = [
  { method: "POST", path: "/fine_tuning/jobs", action: "fine-tunes/write", run: create },
  { method: "GET", path: "/fine_tuning/jobs", action: "fine-tunes/read", run: list },
  { method: "GET", path: "/fine_tuning/jobs/:job", action: "fine-tunes/read", run: get },
  { method: "DELETE", path: "/fine_tuning/jobs/:job", action: "fine-tunes/delete", only: "dated", run: remove },
  { method: "POST", path: "/fine_tuning/jobs/:job/cancel", action: "fine-tunes/write", run: cancel },
  { method: "POST", path: "/fine_tuning/jobs/:job/pause", action: "fine-tunes/write", ...since2025, run: pause },
  { method: "POST", path: "/fine_tuning/jobs/:job/resume", action: "fine-tunes/write", ...since2025, run: resume },
  { method: "GET", path: "/fine_tuning/jobs/:job/events", action: "fine-tunes/read", run: events },
  { method: "GET", path: "/fine_tuning/jobs/:job/checkpoints", action: "fine-tunes/read", run: checkpoints },
  { ...ofCopies, method: "POST", action: "fine-tunes/write", run: (call) => copyCheckpoint(call, jobOf(call)) },
  { ...ofCopies, method: "GET", action: "fine-tunes/read", run: (call) => checkpointCopies(call, jobOf(call)) },
];

async function create(call: Call): Promise<unknown> {
  const job = createJob(call);
  created(call, `/fine_tuning/jobs/${job.id}`);
  return view(call, job);
}

async function list(call: Call): Promise<unknown> {
  const newestFirst = call.account.dataPlane.jobs.filter(({ forgotten }) => !forgotten).reverse();
  const page = pageOf(newestFirst, call.request, { default: 20, max: 100 });
  return { object: "list", data: await Promise.all(page.data.map((job) => view(call, job))), has_more: page.hasMore };
}

function get(call: Call): Promise<unknown> {
  return view(call, jobOf(call));
}

async function cancel(call: Call): Promise<unknown> {
  const job = jobOf(call);
  const phase = phaseAt(job, call.now);
  if (isTerminal(phase)) {
    throw unexpectedState(
      `The fine-tuning job '${job.id}' is ${phase}; only a job that has not ended can be cancelled.`,
    );
  }
  job.cancelledAt = call.now;
  settleJobs(call.account.dataPlane, call.now);
  call.world.save();
  return view(call, job);
}

async function pause(call: Call): Promise<unknown> {
  const job = jobOf(call);
  const phase = phaseAt(job, call.now);
  if (phase !== "running")
    throw unexpectedState(`The fine-tuning job '${job.id}' is ${phase}; only a running job can be paused.`);
  if (stepsDone(job, totalSteps(job), call.now) < 1) {
    throw unexpectedState(
      `The fine-tuning job '${job.id}' has not finished a step yet; it can be paused after its first.`,
    );
  }
  job.stops = [...job.stops.filter(({ at }) => at <= call.now), { at: call.now, why: "paused" }];
  settleJobs(call.account.dataPlane, call.now);
  call.world.save();
  return view(call, job);
}

async function resume(call: Call): Promise<unknown> {
  const job = jobOf(call);
  const phase = phaseAt(job, call.now);
  if (phase !== "paused")
    throw unexpectedState(`The fine-tuning job '${job.id}' is ${phase}; only a paused job can be resumed.`);
  job.stops.at(-1)!.resumedAt = resumeTime(job, call.now);
  call.world.save();
  return view(call, job);
}

/** Deletes the job and its model. The results file is an object of its own and stays, so its text is written down. */
async function remove(call: Call): Promise<unknown> {
  const { world, account } = call;
  const job = jobOf(call);
  const phase = phaseAt(job, call.now);
  if (!isTerminal(phase))
    throw unexpectedState(`The fine-tuning job '${job.id}' is ${phase}; cancel it before it is deleted.`);
  const deployed = deploymentOf(call, job);
  if (deployed !== undefined) {
    throw conflict(
      `The model '${tunedModelName(job)}' is deployed as '${deployed}'. ` +
        "You must delete your model deployment before you can delete your customized model.",
    );
  }
  await keepResults(call, job);
  account.dataPlane.jobs = account.dataPlane.jobs.filter(({ id }) => id !== job.id);
  world.save();
  removeBlobs(world, job.id);
  void call.reply.status(204).send();
  return undefined;
}

async function keepResults(call: Call, job: JobRecord): Promise<void> {
  const file = call.account.dataPlane.files.find(({ resultsOf }) => resultsOf === job.id);
  if (file) {
    const text = resultsCsv(job, (await trainingResult(call.world, job)).metrics, call.now);
    writeFileSync(blobPath(call.world, file.id), text, { mode: 0o600 });
    file.bytes = Buffer.byteLength(text);
    delete file.resultsOf;
  }
}

/** Name of a deployment, in any account, of the job's model or one of its checkpoints. */
function deploymentOf(call: Call, job: JobRecord): string | undefined {
  const name = tunedModelName(job);
  const deployments = call.world.state.accounts.flatMap((account) => account.deployments);
  return deployments.find(({ model }) => model.name === name || model.name.startsWith(`${name}:`))?.name;
}

async function events(call: Call): Promise<unknown> {
  const job = jobOf(call);
  const all = eventsOf(job, await resultOf(call, job), call.now);
  const page = pageOf(all, call.request, { default: 20, max: 10_000 });
  return { object: "list", data: page.data, has_more: page.hasMore };
}

async function checkpoints(call: Call): Promise<unknown> {
  const job = jobOf(call);
  const result = await resultOf(call, job);
  const page = pageOf(result ? checkpointsOf(job, result, call.now) : [], call.request, { default: 10, max: 100 });
  return { object: "list", data: page.data, has_more: page.hasMore };
}

function jobOf(call: Call): JobRecord {
  const id = param(call.request, "job");
  const job = call.account.dataPlane.jobs.find((candidate) => candidate.id === id);
  if (!job || job.forgotten) throw notFound("fine-tuning job", id);
  return job;
}

/** The figures of a job that has got as far as training; a job that failed its check has none. */
async function resultOf(call: Call, job: JobRecord): Promise<TrainingResult | undefined> {
  const trains = job.startedAt !== undefined && existsSync(blobPath(call.world, trainingBlob(job.id)));
  return trains ? trainingResult(call.world, job) : undefined;
}

async function view(call: Call, job: JobRecord): Promise<unknown> {
  const needsResult = phaseAt(job, call.now) === "succeeded";
  return jobView(job, call.now, needsResult ? await resultOf(call, job) : undefined);
}
