import type { FastifyInstance } from "fastify";
import { ADMIN_HEADER } from "../admin/admin-header";
import { requireAdmin } from "../admin/routes";
import { AzureError } from "../azure-error";
import { bodyObject, param, type Request } from "../request-types";
import type { AccountRecord, JobFault, JobRecord } from "../state";
import type { World } from "../world";
import { activeMs } from "./jobs/course";
import { settleJobs } from "./jobs/schedule";

const outcomes: JobFault["outcome"][] = [
  "fail-validation",
  "fail-training",
  "fail-evaluation",
  "fail-postprocessing",
  "stay-queued",
  "preempt",
  "pause",
  "cancel",
];

/**
 * Endpoints under /local-azure/ by which tests give jobs another outcome than success. All want the admin token.
 * - `POST .../accounts/<name>/job-faults`, body a JobFault: for the next job that is submitted (several queue up)
 * - `POST .../accounts/<name>/jobs/<id>/fault`, body a JobFault: for a job that is there; what can happen at once does
 * - `POST .../accounts/<name>/jobs/<id>/forget`: the job's record is gone, its model stays
 */
export function registerJobFaults(app: FastifyInstance, world: World): void {
  const admin = (url: string, handler: (account: AccountRecord, request: Request) => void): void => {
    app.post(`/local-azure/accounts/:account${url}`, (plain) => {
      const request = plain as Request;
      requireAdmin(world, request.headers[ADMIN_HEADER]);
      const account = accountNamed(world, param(request, "account"));
      settleJobs(account.dataPlane, world.clock.now());
      handler(account, request);
      world.save();
      return {};
    });
  };
  admin("/job-faults", ({ dataPlane }, request) => {
    dataPlane.nextJobFaults = [...(dataPlane.nextJobFaults ?? []), readFault(request)];
  });
  admin("/jobs/:id/fault", (account, request) =>
    strike(jobOf(account, request), readFault(request), world.clock.now()),
  );
  admin("/jobs/:id/forget", (account, request) => {
    jobOf(account, request).forgotten = true;
  });
}

/** Gives a job that is there an outcome; a job that trains already meets it now, unless a fraction says later. */
function strike(job: JobRecord, fault: JobFault, now: number): void {
  const fraction = job.trainingMs === 0 ? 0 : activeMs(job, now) / job.trainingMs;
  if (fault.outcome === "cancel" && fault.atFraction === undefined) {
    job.cancelledAt = now;
  } else if (fault.outcome === "preempt" && job.startedAt !== undefined) {
    job.stops.push({ at: now, resumedAt: now + (fault.seconds ?? 5) * 1000, why: "preempted" });
  } else if (fault.outcome === "pause" && job.startedAt !== undefined) {
    job.stops.push({ at: now, why: "limit" });
  } else if (fault.outcome === "fail-training" && job.startedAt !== undefined) {
    job.fault = { ...fault, atFraction: Math.max(fraction, fault.atFraction ?? fraction) };
  } else if (fault.outcome === "fail-validation" && job.startedAt === undefined) {
    job.problem = {
      code: "invalidPayload",
      message: fault.message ?? "The training data was refused.",
      param: "training_file",
    };
  } else {
    job.fault = fault;
  }
}

function readFault(request: Request): JobFault {
  const body = bodyObject(request);
  if (!outcomes.some((outcome) => outcome === body.outcome)) {
    throw new AzureError(
      400,
      "InvalidFault",
      `outcome is ${JSON.stringify(body.outcome)}; it must be one of ${outcomes.join(", ")}.`,
    );
  }
  return body as JobFault;
}

function accountNamed(world: World, name: string): AccountRecord {
  const account = world.state.accounts.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!account) {
    throw new AzureError(404, "NotFound", `There is no account ${name}.`);
  }
  return account;
}

function jobOf(account: AccountRecord, request: Request): JobRecord {
  const id = param(request, "id");
  const job = account.dataPlane.jobs.find((one) => one.id === id);
  if (!job) {
    throw new AzureError(404, "NotFound", `There is no job ${id}.`);
  }
  return job;
}
