import { AzureError } from "../http/azure-error";
import { bodyObject, param, type Request } from "../http/request";
import type { AccountRecord, JobFault, JobRecord } from "../world/state";
import type { World } from "../world/world";
import { activeMs } from "../course/job-course";
import { settleJobs } from "../course/schedule";
import { accountNamed, type AdminRoute } from "./route";

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
 * Endpoints under /local-azure/ by which tests give jobs another outcome than success. All need the admin token.
 * - `POST .../accounts/<name>/job-faults`, body a JobFault: for the next job that is submitted (several queue up)
 * - `POST .../accounts/<name>/jobs/<id>/fault`, body a JobFault: for an existing job; takes effect at once where it can
 * - `POST .../accounts/<name>/jobs/<id>/forget`: deletes the job's record and keeps its model
 */
export function registerJobFaults(admin: AdminRoute, world: World): void {
  const onAccount = (url: string, handler: (account: AccountRecord, request: Request) => void): void => {
    admin("POST", `/accounts/:account${url}`, (request) => {
      const account = accountNamed(world, request);
      settleJobs(account.dataPlane, world.clock.now());
      handler(account, request);
      world.save();
      return {};
    });
  };
  onAccount("/job-faults", ({ dataPlane }, request) => {
    dataPlane.nextJobFaults = [...(dataPlane.nextJobFaults ?? []), readFault(request)];
  });
  onAccount("/jobs/:id/fault", (account, request) =>
    strike(jobOf(account, request), readFault(request), world.clock.now()),
  );
  onAccount("/jobs/:id/forget", (account, request) => {
    jobOf(account, request).forgotten = true;
  });
}

/** Gives an existing job an outcome. A job that is already training meets it now, unless a fraction says later. */
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

function jobOf(account: AccountRecord, request: Request): JobRecord {
  const id = param(request, "id");
  const job = account.dataPlane.jobs.find((one) => one.id === id);
  if (!job) throw new AzureError(404, "NotFound", `There is no job ${id}.`);
  return job;
}
